import torch.nn.functional as F


def causal(p, name, y, rates):
    """A causalDilated."""
    for k, rate in enumerate(rates):
        w, b = p[f"{name}.stages.{k}.w"], p[f"{name}.stages.{k}.b"]
        y = F.relu(y) if k > 0 else y
        y = F.conv1d(F.pad(y, ((w.shape[2] - 1) * rate, 0)), w, b, dilation=rate)
    return y


def scores(config, p, x):
    y = causal(p, "listen", x, [1])
    for k in range(config["depth"]):
        y = y + causal(p, f"stacks.{k}", F.relu(y), config["rates"])
    return causal(p, "tell", F.relu(y), [1])
