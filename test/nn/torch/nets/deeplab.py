import torch
from dilated import backbone, doubled, score
from layers import conv_unit


def pyramid(config, p, y):
    deeplab = config["preset"] == "deeplab"
    options = {"kind": config["norm"], "activate": deeplab}
    branches = [
        conv_unit(p, f"pyramid.branches.{k}", y, **options, dilation=d)
        for k, d in enumerate(config["rates"])
    ]
    image = conv_unit(p, "pyramid.image", y.mean((2, 3), keepdim=True), "none", activate=deeplab)
    joined = torch.cat([*branches, image.expand_as(branches[0])], 1)
    return conv_unit(p, "pyramid.project", joined, **options) if deeplab else joined


def scores(config, p, x):
    first, deep = backbone(config, p, "backbone", x, doubled(config))
    return score(config, p, pyramid(config, p, deep), first)
