import torch
from dilated import backbone, doubled, score
from layers import conv_unit


def scores(config, p, x):
    first, deep = backbone(config, p, "front", x, doubled(config))
    branches = [
        conv_unit(p, f"context.branches.{k}", deep, config["norm"], dilation=d) for k, d in enumerate(config["rates"])
    ]
    return score(config, p, torch.cat(branches, 1), first)
