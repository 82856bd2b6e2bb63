import torch
import torch.nn.functional as F
from layers import conv, conv_transpose, deform_conv, double_conv, norm


def deformable(config, p, name, y):
    offset = conv(p, name + ".offset", y, 1)
    mask = 2 * torch.sigmoid(conv(p, name + ".mask", y, 1)) if config["version"] == 2 else None
    return deform_conv(y, offset, p[name + ".w"], p[name + ".b"], mask, padding=1)


def stage(config, p, name, level, y):
    if level <= config["depth"] + 1 - config["deformable"]:
        return double_conv(p, name, y, config["norm"])
    for i in "12":
        y = F.relu(norm(p, f"{name}.norm{i}", deformable(config, p, f"{name}.conv{i}", y), config["norm"]))
    return y


def scores(config, p, x):
    y, skips = x, []
    for level in range(1, config["depth"] + 1):
        y = stage(config, p, f"down{level}", level, y)
        skips.append(y)
        y = F.max_pool2d(y, 2)
    y = stage(config, p, "bottleneck", config["depth"] + 1, y)
    for level in range(config["depth"], 0, -1):
        skip, y = skips.pop(), conv_transpose(p, f"expand{level}", y, 2)
        y = F.pad(y, (0, skip.shape[3] - y.shape[3], 0, skip.shape[2] - y.shape[2]))
        y = stage(config, p, f"up{level}", level, torch.cat([y, skip], 1))
    return conv(p, "head", y)
