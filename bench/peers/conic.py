"""Least costs as a conic programme over fixed directions: conic.py [DIRECTIONS], instances in the
plane on standard input, one a line: "2 N radius x_11 x_12 x_21 ..". A line of JSON for each.

The second-order cone programme of docs/theory.md, section 9, in its dual form, with the candidates of
so many equally spaced directions, by cvxopt. Its value is that of networks with these directions, an
upper bound; nothing tells how far from the least cost the directions keep it.
"""
import json
import math
import sys
import time

from cvxopt import matrix, solvers

solvers.options["show_progress"] = False


def candidates(points, radius, directions):
    """Features (w, u_n) of each candidate: a list of {n: (w, u)} over its active points n >= 2."""
    found = []
    for k in range(directions):
        w = (math.cos(2 * math.pi * k / directions), math.sin(2 * math.pi * k / directions))
        levels = [w[0] * (x - points[0][0]) + w[1] * (y - points[0][1]) for x, y in points]
        for n in range(len(points)):
            for tau in (levels[n] - radius, levels[n] + radius):
                if any(abs(v - tau) < radius * (1 - 1e-12) for v in levels) or levels[0] > tau:
                    continue
                active = {m: v - tau for m, v in enumerate(levels) if v > tau}
                if active:
                    found.append({m: (w, u) for m, u in active.items()})
    return found


def least_cost(points, radius, directions):
    atoms = candidates(points, radius, directions)
    others = len(points) - 1
    # The dual: as many variables as there are equations, and a cone |G_j| <= 1 for each candidate.
    features = matrix(0.0, (3 * others, len(atoms)))
    for j, atom in enumerate(atoms):
        for m, (w, u) in atom.items():
            features[3 * (m - 1) : 3 * m, j] = matrix([w[0], w[1], u])
    kept = independent(features)
    features = features[kept, :]
    rows = len(kept)
    c = matrix(0.0, (2 * rows, 1))
    for i, row in enumerate(kept):
        if row % 3 == 2:
            for z in range(2):
                c[z * rows + i] = -(points[row // 3 + 1][z] - points[0][z])
    cones = []
    for j in range(len(atoms)):
        cone = matrix(0.0, (3, 2 * rows))
        for z in range(2):
            cone[1 + z, z * rows : (z + 1) * rows] = features[:, j].T
        cones.append(cone)
    bounds = [matrix([1.0, 0.0, 0.0])] * len(atoms)
    return -solvers.socp(c, Gq=cones, hq=bounds)["primal objective"]


def independent(rows):
    """Indices of independent rows, by elimination with the greatest pivot of each row."""
    basis, kept = [], []
    for i in range(rows.size[0]):
        row = rows[i, :]
        size = math.sqrt(sum(v * v for v in row))
        for other in basis:
            row -= (row * other.T)[0] * other
        left = math.sqrt(sum(v * v for v in row))
        if left > 1e-9 * max(1.0, size):
            basis.append(row / left)
            kept.append(i)
    return kept


for line in sys.stdin:
    numbers = [float(v) for v in line.split()]
    points = list(zip(numbers[3::2], numbers[4::2]))
    begun = time.process_time()
    cost = least_cost(points, numbers[2], int(sys.argv[1]) if len(sys.argv) > 1 else 720)
    print(json.dumps({"ms": 1000 * (time.process_time() - begun), "cost": cost}), flush=True)
