import torch.nn.functional as F
from layers import conv, conv_transpose, conv_unit


def scores(config, p, x):
    y, switches = x, []
    for level in range(1, config["depth"] + 1):
        y = conv_unit(p, f"down{level}", y, "none")
        y, at = F.max_pool2d(y, 2, return_indices=True)
        switches.append(at)
    for level in range(config["depth"], 0, -1):
        if config["up"] == "switches":
            y = conv_unit(p, f"up{level}", F.max_unpool2d(y, switches.pop(), 2), "none")
        else:
            y = F.relu(conv_transpose(p, f"up{level}", y, 2, 1))
    return conv(p, "head", y, padding=1)
