"""Score flows by SciPy's solve_ivp: a line of JSON of score_flow_bench in, a line of JSON out with
the CPU milliseconds of a start and the greatest distance from the exact ends over the length."""
import json
import sys
import time

import numpy as np
import scipy
from scipy.integrate import solve_ivp

for line in sys.stdin:
    given = json.loads(line)
    weights = {name: np.array(value) for name, value in given["weights"].items()}
    w, b = weights["input_weights"], weights["biases"]
    a, skip, offset = weights["output_weights"].T, weights["skip"], weights["offset"]

    def rate(_, y):
        return a @ np.maximum(w @ y + b, 0) + skip @ y + offset - y

    tolerance = float(sys.argv[1]) if len(sys.argv) > 1 else 1e-12
    apart = []
    begun = time.process_time()
    for start, end in zip(given["starts"], given["ends"]):
        found = solve_ivp(rate, (0, 20), start, method="RK45", rtol=tolerance, atol=tolerance)
        apart.append(np.linalg.norm(found.y[:, -1] - end) / given["length"])
    spent = 1e3 * (time.process_time() - begun) / len(apart)
    print(json.dumps({"scipy": scipy.__version__, "ms": spent, "apart_greatest": max(apart)}))
