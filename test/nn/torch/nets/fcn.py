import torch.nn.functional as F
from layers import conv, conv_transpose, conv_unit


def stage(config, p, name, y):
    for k in range(config["depth"]):
        y = conv_unit(p, f"{name}.units.{k}", y, config["norm"])
    if config["down"] == "conv":
        return conv_unit(p, name + ".down", y, config["norm"], stride=2)
    return F.max_pool2d(y, 2, ceil_mode=True)


def expand(p, name, y, scale, like):
    y = conv_transpose(p, name, y, scale, padding=scale // 2)
    return y[:, :, : like.shape[2], : like.shape[3]]


def scores(config, p, x):
    levels = [x]
    for k in range(5):
        levels.append(stage(config, p, f"stages.{k}", levels[-1]))
    y = levels[5]
    for k in range(2):
        y = conv_unit(p, f"dense.{k}", y, config["norm"])
    y = conv(p, "score32", y)
    s = 32
    while s > config["stride"]:
        finer = conv(p, f"score{s // 2}", levels[s.bit_length() - 2])
        y = expand(p, f"expand{s}", y, 2, finer) + finer
        s //= 2
    return expand(p, f"expand{s}", y, s, x)
