"""Milliseconds of one full-batch Adam step of a shallow ReLU denoiser in PyTorch, on one thread."""
import sys
import time

import torch

torch.set_num_threads(1)
torch.manual_seed(1)
D, K, N, DECAY, BATCH = 2, 200, 180, 1e-4, 20

clean = torch.randn(3, D).repeat_interleave(N // 3, 0)
noisy = clean + 0.01 * torch.randn(N, D)
hidden = torch.nn.Linear(D, K)
output = torch.nn.Linear(K, D, bias=False)
skip = torch.nn.Linear(D, D)
optimiser = torch.optim.Adam(
    [
        {"params": [hidden.weight, output.weight], "weight_decay": DECAY},
        {"params": [hidden.bias, skip.weight, skip.bias]},
    ],
    lr=0.01,
)


def step():
    optimiser.zero_grad()
    h = output(torch.relu(hidden(noisy))) + skip(noisy)
    loss = (h - clean).square().sum(1).mean()
    loss.backward()
    optimiser.step()


for _ in range(50):
    step()
end = time.perf_counter() + float(sys.argv[1])
times = []
while time.perf_counter() < end:
    start = time.thread_time()
    for _ in range(BATCH):
        step()
    times.append((time.thread_time() - start) / BATCH)
print(1e3 * sorted(times)[len(times) // 2])
