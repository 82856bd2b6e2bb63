"""Layers in PyTorch under this project's names: p holds a net's parameters, and a layer finds its own by the name it is given."""

import torch.nn.functional as F


def conv(p, name, y, padding=0, stride=1, dilation=1, groups=1):
    """A convLayer."""
    return F.conv2d(y, p[name + ".w"], p.get(name + ".b"), stride, padding, dilation, groups)


def conv_transpose(p, name, y, stride, padding=0, output_padding=0, groups=1):
    """A convTransposeLayer."""
    return F.conv_transpose2d(y, p[name + ".w"], p.get(name + ".b"), stride, padding, output_padding, groups)


def norm(p, name, y, kind):
    """What normalisation() makes: the largest equal groups of at most eight, the batch, or nothing."""
    if kind == "none":
        return y
    gamma, beta = p[name + ".gamma"], p[name + ".beta"]
    if kind == "batch":
        return F.batch_norm(y, None, None, gamma, beta, training=True)
    groups = next(g for g in (8, 4, 2, 1) if y.shape[1] % g == 0)
    return F.group_norm(y, groups, gamma, beta)


def double_conv(p, name, y, kind):
    """A doubleConv."""
    for i in "12":
        y = F.relu(norm(p, f"{name}.norm{i}", conv(p, f"{name}.conv{i}", y, padding=1), kind))
    return y


def conv_unit(p, name, y, kind, stride=1, dilation=1, activate=True):
    """A convUnit of an odd kernel."""
    reach = [(k - 1) * dilation // 2 for k in p[name + ".conv.w"].shape[2:]]
    y = norm(p, name + ".norm", conv(p, name + ".conv", y, reach, stride, dilation), kind)
    return F.relu(y) if activate else y


def upsample(y, scale, mode):
    """An upsampleLayer: nearest, or linear at half-pixel centres."""
    if mode == "nearest":
        return F.interpolate(y, scale_factor=scale, mode="nearest")
    return F.interpolate(y, scale_factor=scale, mode="bilinear", align_corners=False)


def resize(y, size):
    """A linear resize at half-pixel centres."""
    return F.interpolate(y, size=tuple(size), mode="bilinear", align_corners=False)


def deform_conv(y, offset, w, b=None, mask=None, **options):
    """A deformable convolution; whoever asks for one needs torchvision."""
    from torchvision.ops import deform_conv2d

    return deform_conv2d(y, offset, w, b, mask=mask, **options)
