import torch.nn.functional as F
from layers import conv, conv_transpose, conv_unit


def stage(config, p, name, y):
    for k in range(config["depth"]):
        y = conv_unit(p, f"{name}.units.{k}", y, config["norm"])
    if config["down"] == "conv":
        return conv_unit(p, name + ".down", y, config["norm"], stride=2)
    return F.max_pool2d(y, 2, ceil_mode=True)


def scores(config, p, x):
    levels = [x]
    for k in range(5):
        levels.append(stage(config, p, f"stages.{k}", levels[-1]))
    y = conv(p, "score32", conv_unit(p, "dense", levels[5], "none"))
    for level in (4, 3, 2, 1, 0):
        finer = levels[level]
        y = conv_transpose(p, f"expand{2 ** (level + 1)}", y, 2, padding=1)
        y = y[:, :, : finer.shape[2], : finer.shape[3]]
        if 2**level >= config["stride"]:
            y = y + conv(p, f"score{2**level}", finer)
    return y
