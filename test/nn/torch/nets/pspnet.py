import torch
import torch.nn.functional as F
from dilated import backbone, doubled, score
from layers import conv_unit, resize


def scores(config, p, x):
    first, deep = backbone(config, p, "backbone", x, doubled(config))
    grids = [
        resize(conv_unit(p, f"pyramid.branches.{k}", F.adaptive_avg_pool2d(deep, n), "none"), deep.shape[2:])
        for k, n in enumerate(config["bins"])
    ]
    return score(config, p, conv_unit(p, "mix", torch.cat([deep, *grids], 1), config["norm"]), first)
