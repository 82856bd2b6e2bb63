import torch
import torch.nn.functional as F
from layers import conv_unit


def scores(config, p, x):
    y = x
    for k in range(config["depth"] + 1):
        y = conv_unit(p, f"stages.{k}", y, config["norm"], stride=1 if k == 0 else 2)
    pool = F.adaptive_max_pool2d if config["kind"] == "max" else F.adaptive_avg_pool2d
    cells = torch.cat([pool(y, n).flatten(1) for n in config["levels"]], 1)
    return cells @ p["classify.w"] + p["classify.b"]
