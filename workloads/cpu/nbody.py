"""Move `size` small solar systems for 100 steps each: float arithmetic on attributes."""

import math

SHARING = "none"
SIZES = {"small": 8, "full": 1_040}
EXPECT = {"small": "-8.510466917", "full": "-953.084330660"}

STEPS = 100
TIME_STEP = 0.01


class Body:
    def __init__(self, x, y, z, vx, vy, vz, mass):
        self.x = x
        self.y = y
        self.z = z
        self.vx = vx
        self.vy = vy
        self.vz = vz
        self.mass = mass


def make_system(number):
    """A sun and four planets near circular orbits; `number` tilts them, so no two systems agree."""
    sun_mass = 40.0
    bodies = [Body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, sun_mass)]
    for planet in range(1, 5):
        radius = 1.5 * planet + 0.001 * number
        speed = math.sqrt(sun_mass / radius)
        tilt = 0.05 * planet
        side = 1.0 if planet % 2 == 0 else -1.0
        bodies.append(
            Body(side * radius, 0.0, tilt, tilt, side * speed, 0.01 * planet, 0.02 * planet)
        )
    return bodies


def advance(bodies, dt):
    count = len(bodies)
    for i in range(count):
        first = bodies[i]
        for j in range(i + 1, count):
            second = bodies[j]
            dx = first.x - second.x
            dy = first.y - second.y
            dz = first.z - second.z
            squared = dx * dx + dy * dy + dz * dz
            pull = dt / (squared * math.sqrt(squared))
            first_pull = pull * second.mass
            second_pull = pull * first.mass
            first.vx -= dx * first_pull
            first.vy -= dy * first_pull
            first.vz -= dz * first_pull
            second.vx += dx * second_pull
            second.vy += dy * second_pull
            second.vz += dz * second_pull
    for body in bodies:
        body.x += dt * body.vx
        body.y += dt * body.vy
        body.z += dt * body.vz


def energy(bodies):
    total = 0.0
    for i, body in enumerate(bodies):
        speed_squared = body.vx * body.vx + body.vy * body.vy + body.vz * body.vz
        total += 0.5 * body.mass * speed_squared
        for other in bodies[i + 1 :]:
            dx = body.x - other.x
            dy = body.y - other.y
            dz = body.z - other.z
            total -= body.mass * other.mass / math.sqrt(dx * dx + dy * dy + dz * dz)
    return total


def work(state, size, worker, workers):
    energies = []
    for number in range(worker, size, workers):
        bodies = make_system(number)
        for _ in range(STEPS):
            advance(bodies, TIME_STEP)
        energies.append((number, energy(bodies)))
    return energies


def combine(parts):
    # Added in the order of the systems, whoever moved them: float sums depend on their order.
    # Not by sum(): newer CPythons compensate its rounding errors.
    total = 0.0
    for _, value in sorted([pair for part in parts for pair in part]):
        total += value
    return f"{total:.9f}"
