import torch.nn.functional as F
from layers import conv, conv_transpose, upsample


def enlarge(config, p, y):
    scale = config["scale"]
    if config["up"] == "transposed":
        padding = (scale + 1) // 2
        return conv_transpose(p, "up", y, scale, padding, 2 * padding - scale)
    if config["up"] == "resize-conv":
        return conv(p, "up.conv", upsample(y, scale, "nearest"), padding=1)
    return F.pixel_shuffle(conv(p, "up.conv", y, padding=1), scale)


def scores(config, p, x):
    y = F.relu(conv(p, "features", x, padding=2))
    y = enlarge(config, p, F.relu(conv(p, "shrink", y, padding=1)))
    if config["skip"] == "none":
        return y
    mode = {"linear": "bilinear", "cubic": "bicubic"}[config["skip"]]
    return y + F.interpolate(x, scale_factor=config["scale"], mode=mode, align_corners=False)
