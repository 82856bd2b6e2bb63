import torch
import torch.nn.functional as F


def scores(config, p, x):
    from torchvision.ops import roi_align, roi_pool

    boxes = torch.tensor(config["boxes"], dtype=x.dtype)
    bins, scale = config["bins"], config["scale"]
    if config["pooling"] == "pool":
        read = roi_pool(x, boxes, bins, scale)
    else:
        read = roi_align(x, boxes, bins, scale, config["samples"], aligned=True)
    y = F.relu(read.flatten(1) @ p["hidden.w"] + p["hidden.b"])
    return torch.cat([y @ p[f"{name}.w"] + p[f"{name}.b"] for name in ("score", "shift")], 1)
