import torch
import torch.nn.functional as F
from layers import conv, conv_transpose, double_conv, upsample


def expand(config, p, name, y):
    if config["up"] == "transposed":
        return conv_transpose(p, name, y, 2)
    if config["up"] == "sub-pixel":
        return F.pixel_shuffle(conv(p, name + ".conv", y, padding=1), 2)
    return conv(p, name + ".conv", upsample(y, 2, config["up"]), padding=1)


def meet(config, skip, y):
    if config["fit"] == "crop":
        return skip[:, :, : y.shape[2], : y.shape[3]], y
    return skip, F.pad(y, (0, skip.shape[3] - y.shape[3], 0, skip.shape[2] - y.shape[2]))


def scores(config, p, x):
    y, skips = x, []
    for level in range(1, config["depth"] + 1):
        y = double_conv(p, f"down{level}", y, config["norm"])
        skips.append(y)
        y = F.max_pool2d(y, 2)
    y = double_conv(p, "bottleneck", y, config["norm"])
    for level in range(config["depth"], 0, -1):
        skip, y = meet(config, skips.pop(), expand(config, p, f"expand{level}", y))
        y = torch.cat([y, skip], 1) if config["skip"] == "concat" else y + skip
        y = double_conv(p, f"up{level}", y, config["norm"])
    return conv(p, "head", y)
