"""The backbone and the head that nets with dilated convolutions share, in PyTorch."""

import torch
import torch.nn.functional as F
from layers import conv, conv_unit, resize


def backbone(config, p, name, x, dilations):
    """Features of the images' size, and deep ones."""
    norm = config["norm"]
    first = y = conv_unit(p, f"{name}.stem.0", x, norm)
    for k in range(1, config["outputStride"].bit_length()):
        y = conv_unit(p, f"{name}.stem.{k}", y, norm, stride=2)
    for k, d in enumerate(dilations):
        block = f"{name}.blocks.{k}"
        inner = conv_unit(p, block + ".first", y, norm, dilation=d)
        y = F.relu(y + conv_unit(p, block + ".second", inner, norm, dilation=d, activate=False))
    return first, y


def doubled(config):
    return [2**k for k in range(config["depth"])]


def score(config, p, small, large):
    size = large.shape[2:]
    if "score.join.conv.w" not in p:
        return resize(conv(p, "score.head", small), size)
    y = conv_unit(p, "score.join", torch.cat([resize(small, size), large], 1), config["norm"])
    return conv(p, "score.head", y)
