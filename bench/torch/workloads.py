"""The workloads in PyTorch, by the names that ../workloads/ gives them."""

import torch
import torch.nn.functional as F


def deform(x, offset, w):
    from torchvision.ops import deform_conv2d

    return deform_conv2d(x, offset, w, padding=1)


operators = {
    "W1": lambda x, w: F.conv2d(x, w, padding=1),
    "W2": lambda x, w: F.conv2d(x, w, padding=1),
    "W3": lambda x, w: F.conv_transpose2d(x, w, stride=2, padding=1),
    "W4": lambda x, w: F.conv2d(x, w, padding=4, dilation=4),
    "W5": deform,
    "W6-max": lambda x: F.max_pool2d(x, 2),
    "W6-avg": lambda x: F.avg_pool2d(x, 3, 2, 1),
    "W7": lambda x: F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False),
    "W12-512": lambda a, b: a @ b,
    "W12-1024": lambda a, b: a @ b,
}


def prepare(name, arrays):
    """A function that runs the workload once: a training step gives its loss, an operator its results by name."""
    if "target" in arrays:
        return training(**arrays)
    if name not in operators:
        return f"PyTorch does not run {name} here"
    if name == "W5":
        try:
            import torchvision.ops  # noqa: F401
        except ImportError:
            return "this Python has no torchvision, whose deform_conv2d it takes"
    return operator(operators[name], arrays)


def operator(apply, arrays):
    ct = arrays.pop("ct", None)

    def forward():
        with torch.no_grad():
            return {"y": apply(**arrays)}

    def forward_and_gradients():
        y = apply(**arrays)
        gradients = torch.autograd.grad(y, list(arrays.values()), ct)
        return {"y": y, **{"gradient." + key: value for key, value in zip(arrays, gradients)}}

    if ct is None:
        return forward
    for value in arrays.values():
        value.requires_grad_()
    return forward_and_gradients


def training(x, target, **parameters):
    for value in parameters.values():
        value.requires_grad_()
    target = target.long()
    depth = sum(name.startswith("expand") and name.endswith(".w") for name in parameters)
    optimizer = torch.optim.Adam(parameters.values(), lr=1e-3)

    def step():
        loss = F.cross_entropy(scores(parameters, depth, x), target)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def scores(parameters, depth, y):
    def conv(name, y, padding=1):
        return F.conv2d(y, parameters[name + ".w"], parameters[name + ".b"], padding=padding)

    def stage(name, y):
        return F.relu(conv(name + ".conv2", F.relu(conv(name + ".conv1", y))))

    skips = []
    for level in range(1, depth + 1):
        y = stage(f"down{level}", y)
        skips.append(y)
        y = F.max_pool2d(y, 2)
    y = stage("bottleneck", y)
    for level in range(depth, 0, -1):
        up = f"expand{level}"
        y = F.conv_transpose2d(y, parameters[up + ".w"], parameters[up + ".b"], stride=2)
        y = stage(f"up{level}", torch.cat([y, skips.pop()], 1))
    return conv("head", y, 0)
