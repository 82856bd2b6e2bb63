import torch.nn.functional as F
from layers import conv, double_conv


def scores(config, p, x):
    y, pooled = x, []
    for level in range(1, config["depth"] + 1):
        y = double_conv(p, f"down{level}", y, config["norm"])
        size = y.shape[2:]
        y, switches = F.max_pool2d(y, 2, return_indices=True)
        pooled.append((switches, size))
    for level in range(config["depth"], 0, -1):
        switches, size = pooled.pop()
        y = double_conv(p, f"up{level}", F.max_unpool2d(y, switches, 2, output_size=size), config["norm"])
    return conv(p, "head", y)
