"""Fresh cases in the format of the conformance folders, computed by whatever PyTorch is installed.

    python3 conformance/live/generate.py --seed 7 --cases 20 --out DIR
    npm run conformance -- --torch DIR

One file an operator. Shapes and options are drawn at random; values keep off ties and kinks by being drawn from a
continuum. Operators of torchvision are left out where it is not installed.
"""

import argparse
import json
import math
import os
import random

import torch
import torch.nn.functional as F

try:
    import torchvision.ops as vision
except ImportError:
    vision = None

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


class Draw:
    """Everything random, from one seed."""

    def __init__(self, seed):
        self.r = random.Random(seed)
        self.g = torch.Generator().manual_seed(seed)

    def int(self, low, high):
        return self.r.randint(low, high)

    def pick(self, *choices):
        return self.r.choice(choices)

    def bool(self):
        return self.r.random() < 0.5

    def ints(self, count, low, high):
        return [self.int(low, high) for _ in range(count)]

    def tensor(self, *shape, scale=1.0):
        return torch.randn(shape, generator=self.g) * scale

    def positive(self, *shape, low=0.3, high=2.0):
        return torch.rand(shape, generator=self.g) * (high - low) + low

    def labels(self, high, *shape):
        return torch.randint(high, shape, generator=self.g)


def out_size(size, kernel, stride, padding, dilation=1):
    return (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


def conv(rank):
    def case(d):
        g = d.pick(1, 1, 2, 3)
        ci, co = g * d.int(1, 2), g * d.int(1, 2)
        k, s, dil = d.ints(rank, 1, 3), d.ints(rank, 1, 3), d.ints(rank, 1, 2)
        p = d.ints(rank, 0, 2)
        size = [dil[i] * (k[i] - 1) + 1 + d.int(0, 4) for i in range(rank)]
        inputs = {'input': d.tensor(d.int(1, 2), ci, *size), 'weight': d.tensor(co, ci // g, *k)}
        if d.bool():
            inputs['bias'] = d.tensor(co)
        a = dict(stride=s, padding=p, dilation=dil, groups=g)
        if d.int(0, 4) == 0:
            a.update(stride=[1] * rank, padding='same')
        return inputs, a

    return case


def conv_transpose(rank):
    def case(d):
        g = d.pick(1, 1, 2)
        ci, co = g * d.int(1, 2), d.int(1, 2)
        k, s, dil = d.ints(rank, 1, 3), d.ints(rank, 1, 3), d.ints(rank, 1, 2)
        op = [d.int(0, max(s[i], dil[i]) - 1) for i in range(rank)]
        p = [d.int(0, min(2, dil[i] * (k[i] - 1))) for i in range(rank)]
        size = [d.int(2, 4) for _ in range(rank)]
        for i in range(rank):
            while (size[i] - 1) * s[i] - 2 * p[i] + dil[i] * (k[i] - 1) + op[i] + 1 < 1:
                size[i] += 1
        inputs = {'input': d.tensor(d.int(1, 2), ci, *size), 'weight': d.tensor(ci, co, *k)}
        if d.bool():
            inputs['bias'] = d.tensor(co * g)
        return inputs, dict(stride=s, padding=p, output_padding=op, groups=g, dilation=dil)

    return case


def windows(d, rank, dilated):
    k, s = d.ints(rank, 1, 4), d.ints(rank, 1, 3)
    dil = d.ints(rank, 1, 2) if dilated else [1] * rank
    p = [d.int(0, k[i] // 2) for i in range(rank)]
    size = [max(1, dil[i] * (k[i] - 1) + 1 - p[i]) + d.int(0, 4) for i in range(rank)]
    return k, s, p, dil, size


def max_pool(rank):
    def case(d):
        k, s, p, dil, size = windows(d, rank, True)
        a = dict(kernel_size=k, stride=s, padding=p, dilation=dil, ceil_mode=d.bool(), return_indices=d.bool())
        return {'input': d.tensor(d.int(1, 2), d.int(1, 2), *size)}, a

    return case


def avg_pool(rank):
    def case(d):
        k, s, p, _, size = windows(d, rank, False)
        a = dict(kernel_size=k, stride=s, padding=p, ceil_mode=d.bool(), count_include_pad=d.bool())
        if rank > 1:
            a['divisor_override'] = d.pick(None, None, d.int(1, 7))
        return {'input': d.tensor(d.int(1, 2), d.int(1, 2), *size)}, a

    return case


def lp_pool(rank):
    def case(d):
        k = d.ints(rank, 1, 3)
        a = dict(norm_type=d.pick(1.0, 2.0, 3.0, 1.5), kernel_size=k if rank > 1 else k[0], stride=d.pick(None, k if rank > 1 else k[0]), ceil_mode=d.bool())
        return {'input': d.positive(d.int(1, 2), d.int(1, 2), *[n + d.int(0, 4) for n in k])}, a

    return case


def max_unpool(rank):
    def case(d):
        k = d.ints(rank, 2, 3)
        s = [d.int(k[i], 3) for i in range(rank)]
        size = [d.int(k[i], 6) for i in range(rank)]
        x = d.tensor(1, 2, *size)
        pool = getattr(F, f'max_pool{rank}d')
        y, indices = pool(x, k, s, return_indices=True)
        return {'input': d.tensor(*y.shape), 'indices': indices}, dict(kernel_size=k, stride=s, padding=[0] * rank, output_size=size)

    return case


def adaptive(rank, kind):
    def case(d):
        size = d.ints(rank, 1, 7)
        a = dict(output_size=d.ints(rank, 1, 5))
        if kind == 'max':
            a['return_indices'] = d.bool()
        return {'input': d.tensor(d.int(1, 2), d.int(1, 2), *size)}, a

    return case


def interpolate(*modes):
    def case(d):
        mode = d.pick(*modes)
        rank = {'linear': 1, 'bilinear': 2, 'bicubic': 2, 'trilinear': 3}.get(mode) or d.int(1, 3)
        size = d.ints(rank, 1, 6)
        a = dict(size=None, scale_factor=None, mode=mode, align_corners=None, recompute_scale_factor=None, antialias=False)
        if d.bool():
            a['size'] = d.ints(rank, 1, 8)
        else:
            a['scale_factor'] = [d.pick(0.5, 0.7, 1.3, 2.0, 2.5) for _ in range(rank)]
            for i in range(rank):
                while math.floor(size[i] * a['scale_factor'][i]) < 1:
                    size[i] += 1
            a['recompute_scale_factor'] = d.pick(None, True, False)
        if mode in ('linear', 'bilinear', 'bicubic', 'trilinear'):
            a['align_corners'] = d.bool()
            if mode in ('bilinear', 'bicubic') and d.bool():
                a['antialias'] = True
        return {'input': d.tensor(d.int(1, 2), d.int(1, 2), *size)}, a

    return case


def grid_sample(d):
    rank = d.pick(2, 2, 2, 3)
    mode = d.pick('nearest', 'bilinear', 'bicubic') if rank == 2 else d.pick('nearest', 'bilinear')
    a = dict(mode=mode, padding_mode=d.pick('zeros', 'border', 'reflection'), align_corners=d.bool())
    n = d.int(1, 2)
    return {'input': d.tensor(n, d.int(1, 2), *d.ints(rank, 2, 5)), 'grid': d.tensor(n, *d.ints(rank, 1, 4), rank, scale=0.8)}, a


def affine_grid(d):
    rank = d.int(2, 3)
    n = d.int(1, 2)
    return {'theta': d.tensor(n, rank, rank + 1)}, dict(size=[n, d.int(1, 2), *d.ints(rank, 1, 5)], align_corners=d.bool())


def deform(d):
    g, og = d.pick(1, 2), d.pick(1, 2)
    ci, co = 2 * g, g * d.int(1, 2)
    k, s, p, dil = d.ints(2, 1, 3), d.ints(2, 1, 2), d.ints(2, 0, 2), d.ints(2, 1, 2)
    size = [dil[i] * (k[i] - 1) + 1 + d.int(0, 3) for i in range(2)]
    o = [out_size(size[i], k[i], s[i], p[i], dil[i]) for i in range(2)]
    n = d.int(1, 2)
    inputs = {'input': d.tensor(n, ci, *size), 'offset': d.tensor(n, 2 * og * k[0] * k[1], *o), 'weight': d.tensor(co, ci // g, *k)}
    if d.bool():
        inputs['bias'] = d.tensor(co)
    if d.bool():
        inputs['mask'] = d.positive(n, og * k[0] * k[1], *o)
    return inputs, dict(stride=s, padding=p, dilation=dil, groups=g, offset_groups=og)


def boxes(d, n, h, w, scale, inside=False):
    count = d.int(1, 3)
    rows = []
    for _ in range(count):
        if inside:
            x1, y1 = d.r.uniform(0, w - 2.6), d.r.uniform(0, h - 2.6)
            rows.append([d.int(0, n - 1), x1 / scale, y1 / scale, d.r.uniform(x1, w - 2.6) / scale, d.r.uniform(y1, h - 2.6) / scale])
            continue
        x1, y1 = d.r.uniform(-2, w), d.r.uniform(-2, h)
        rows.append([d.int(0, n - 1), x1 / scale, y1 / scale, (x1 + d.r.uniform(0.3, w + 2)) / scale, (y1 + d.r.uniform(0.3, h + 2)) / scale])
    return torch.tensor(rows)


def roi(position_sensitive, aligned):
    def case(d):
        n, h, w = d.int(1, 2), d.int(3, 7), d.int(3, 7)
        out = d.ints(2, 1, 3)
        c = d.int(1, 2) * (out[0] * out[1] if position_sensitive else 1)
        scale = d.pick(1.0, 0.5, 0.25)
        a = dict(output_size=out, spatial_scale=scale)
        if aligned:
            a['sampling_ratio'] = d.pick(-1, 1, 2, 3)
            if not position_sensitive:
                a['aligned'] = d.bool()
        # torchvision's position-sensitive pooling leaves out the last row and column forwards but not backwards:
        # only boxes that stay clear of them have a gradient that fits its own results.
        inside = position_sensitive and not aligned
        return {'input': d.tensor(n, c, h, w), 'boxes': boxes(d, n, h, w, scale, inside)}, a

    return case


def shape(d, low=1, high=4, rank=None):
    return d.ints(rank or d.int(1, 4), low, high)


def unary(**extra):
    def case(d):
        return {'input': d.tensor(*shape(d)) * 2 + 0.01}, {k: (v(d) if callable(v) else v) for k, v in extra.items()}

    return case


def positive(d):
    return {'input': d.positive(*shape(d))}, {}


def binary(d):
    s = shape(d)
    t = [n if d.bool() else 1 for n in s][d.int(0, len(s) - 1):]
    return {'input': d.tensor(*s), 'other': d.positive(*t)}, {}


def reduction(d):
    s = shape(d)
    dims = sorted(d.r.sample(range(len(s)), d.int(1, len(s))))
    return {'input': d.tensor(*s)}, dict(dim=[i - len(s) if d.bool() else i for i in dims], keepdim=d.bool())


def one_dim(d):
    s = shape(d)
    return {'input': d.tensor(*s)}, dict(dim=d.int(-len(s), len(s) - 1), keepdim=d.bool())


def dim_only(d):
    s = shape(d)
    return {'input': d.tensor(*s)}, dict(dim=d.int(-len(s), len(s) - 1))


def norm(d):
    inputs, a = reduction(d)
    return inputs, dict(dim=a['dim'], keepdim=a['keepdim'], p=d.pick(1, 2, 3, 1.5, 'Infinity'))


def spread(d):
    inputs, a = reduction(d)
    inputs['input'] = d.tensor(*[n + 1 for n in inputs['input'].shape])
    return inputs, dict(dim=a['dim'], keepdim=a['keepdim'], unbiased=d.bool())


def pad(d):
    mode = d.pick('constant', 'reflect', 'replicate', 'circular')
    rank = d.int(1, 3)
    size = d.ints(rank, 2, 5)
    amounts = []
    for n in reversed(size):
        limit = n - 1 if mode in ('reflect', 'circular') else 3
        amounts += d.ints(2, -1 if mode == 'constant' else 0, min(3, limit))
    return {'input': d.tensor(d.int(1, 2), d.int(1, 2), *size)}, dict(pad=amounts, mode=mode, value=d.pick(0.0, 1.5) if mode == 'constant' else 0.0)


def cross_entropy(d):
    c, n, rest = d.int(2, 5), d.int(1, 3), d.ints(d.int(0, 3), 1, 3)
    inputs = {'input': d.tensor(n, c, *rest)}
    a = dict(ignore_index=-100, reduction=d.pick('mean', 'sum', 'none'), label_smoothing=d.pick(0.0, 0.0, 0.2))
    if d.int(0, 3) == 0:
        inputs['target'] = d.positive(n, c, *rest)
    else:
        target = d.labels(c, n, *rest)
        if d.bool() and target.numel() > 2:
            a['ignore_index'] = d.pick(-100, 255, 0)
            target.view(-1)[0] = a['ignore_index']
        inputs['target'] = target
    if d.bool():
        inputs['weight'] = d.positive(c)
    return inputs, a


def nll(d):
    c, n, rest = d.int(2, 4), d.int(1, 3), d.ints(d.int(0, 2), 1, 3)
    inputs = {'input': d.tensor(n, c, *rest), 'target': d.labels(c, n, *rest)}
    if d.bool():
        inputs['weight'] = d.positive(c)
    return inputs, dict(ignore_index=-100, reduction=d.pick('mean', 'sum', 'none'))


def pair_loss(**extra):
    def case(d):
        s = shape(d)
        return {'input': d.tensor(*s), 'target': d.tensor(*s)}, dict(reduction=d.pick('mean', 'sum', 'none'), **{k: v(d) for k, v in extra.items()})

    return case


def probabilities(d):
    s = shape(d)
    inputs = {'input': d.positive(*s, low=0.1, high=0.9), 'target': d.positive(*s, low=0.0, high=1.0)}
    if d.bool():
        inputs['weight'] = d.positive(*s)
    return inputs, dict(reduction=d.pick('mean', 'sum', 'none'))


def with_logits(d):
    inputs, a = probabilities(d)
    inputs['input'] = d.tensor(*inputs['input'].shape) * 3
    if d.bool():
        inputs['pos_weight'] = d.positive(inputs['input'].shape[-1])
    return inputs, a


def kl(d):
    s = shape(d, rank=2)
    log = d.bool()
    target = torch.log_softmax(d.tensor(*s), 1)
    return {'input': torch.log_softmax(d.tensor(*s), 1), 'target': target if log else target.exp()}, dict(reduction=d.pick('mean', 'sum', 'none', 'batchmean'), log_target=log)


def batch_norm(d):
    s = [d.int(2, 3), d.int(1, 3), *d.ints(d.int(0, 3), 2, 3)]
    training = d.bool()
    inputs = {'input': d.tensor(*s)}
    if d.bool():
        inputs['weight'], inputs['bias'] = d.tensor(s[1]), d.tensor(s[1])
    if not training or d.bool():
        inputs['running_mean'], inputs['running_var'] = d.tensor(s[1]), d.positive(s[1])
    return inputs, dict(training=training, momentum=d.pick(0.1, 0.3), eps=1e-5)


def group_norm(d):
    g = d.int(1, 3)
    c = g * d.int(1, 2)
    inputs = {'input': d.tensor(2, c, *d.ints(d.int(1, 3), 2, 3))}
    if d.bool():
        inputs['weight'], inputs['bias'] = d.tensor(c), d.tensor(c)
    return inputs, dict(num_groups=g, eps=1e-5)


def layer_norm(d):
    s = d.ints(d.int(2, 4), 2, 3)
    tail = s[d.int(1, len(s) - 1):]
    return {'input': d.tensor(*s), 'weight': d.tensor(*tail), 'bias': d.tensor(*tail)}, dict(normalized_shape=tail, eps=1e-5)


def matmul(d):
    m, k, n = d.ints(3, 1, 4)
    batch = d.ints(d.int(0, 2), 1, 3)
    a = [*[b if d.bool() else 1 for b in batch], m, k]
    b = [*batch, k, n]
    kind = d.int(0, 3)
    if kind == 0:
        a = [k]
    elif kind == 1:
        b = [k]
    return {'input': d.tensor(*a), 'other': d.tensor(*b)}, {}


EQUATIONS = ['ij,jk->ik', 'bij,bjk->bik', 'ii->i', 'ii', 'ij->ji', 'i,j->ij', '...ij,...jk->...ik', 'ijk->kj', 'nchw,ndhw->ncd', 'bhqd,bhkd->bhqk', 'ij,ij->', 'ijj->i', 'i...,i...->...', 'ab,bc,cd->ad']


def einsum(d):
    equation = d.pick(*EQUATIONS)
    sizes = {c: d.int(1, 4) for c in 'abcdhijknqw'}
    extra = d.ints(d.int(0, 2), 1, 3)
    inputs = {}
    for k, term in enumerate(equation.split('->')[0].split(',')):
        s = []
        i = 0
        while i < len(term):
            if term[i] == '.':
                s += extra
                i += 3
            else:
                s.append(sizes[term[i]])
                i += 1
        inputs[f'operands[{k}]'] = d.tensor(*s)
    return inputs, dict(equation=equation)


def gather(d):
    s = shape(d)
    dim = d.int(-len(s), len(s) - 1)
    t = [d.int(1, n) for n in s]
    t[dim] = d.int(1, 4)
    return {'input': d.tensor(*s), 'index': d.labels(s[dim], *t)}, dict(dim=dim)


def index_select(d):
    s = shape(d)
    dim = d.int(-len(s), len(s) - 1)
    return {'input': d.tensor(*s), 'index': d.labels(s[dim], d.int(1, 5))}, dict(dim=dim)


def scatter_add(d):
    inputs, a = gather(d)
    inputs['src'] = d.tensor(*inputs['index'].shape)
    return inputs, a


def fold(d):
    k, s, p, dil = d.ints(2, 1, 3), d.ints(2, 1, 2), d.ints(2, 0, 1), d.ints(2, 1, 2)
    size = [dil[i] * (k[i] - 1) + 1 + d.int(0, 3) for i in range(2)]
    blocks = math.prod(out_size(size[i], k[i], s[i], p[i], dil[i]) for i in range(2))
    return {'input': d.tensor(d.int(1, 2), d.int(1, 2) * k[0] * k[1], blocks)}, dict(output_size=size, kernel_size=k, dilation=dil, padding=p, stride=s)


def unfold(d):
    k, s, p, dil = d.ints(2, 1, 3), d.ints(2, 1, 2), d.ints(2, 0, 1), d.ints(2, 1, 2)
    size = [dil[i] * (k[i] - 1) + 1 + d.int(0, 3) for i in range(2)]
    return {'input': d.tensor(d.int(1, 2), d.int(1, 2), *size)}, dict(kernel_size=k, dilation=dil, padding=p, stride=s)


def shuffle(up):
    def case(d):
        r, n, c, h, w = d.int(1, 3), *d.ints(4, 1, 3)
        if up:
            return {'input': d.tensor(n, c * r * r, h, w)}, dict(upscale_factor=r)
        return {'input': d.tensor(n, c, h * r, w * r)}, dict(downscale_factor=r)

    return case


def fft(inverse, real):
    def case(d):
        s = d.ints(d.int(2, 3), 1, 6)
        dims = d.r.sample(range(-len(s), 0), 2)
        inputs = {'input': d.tensor(*s)} if real else {'input_real': d.tensor(*s), 'input_imag': d.tensor(*s)}
        return inputs, dict(dim=dims, norm=d.pick('forward', 'backward', 'ortho'))

    return case


def permute(d):
    s = shape(d)
    dims = list(range(len(s)))
    d.r.shuffle(dims)
    return {'input': d.tensor(*s)}, dict(dims=[i - len(s) if d.bool() else i for i in dims])


def lrn(d):
    return {'input': d.tensor(2, d.int(1, 5), *d.ints(d.int(1, 3), 1, 3))}, dict(size=d.int(1, 4), alpha=d.pick(1e-4, 0.5), beta=0.75, k=1.0)


def prelu(d):
    s = shape(d, rank=d.int(2, 4))
    return {'input': d.tensor(*s), 'weight': d.positive(d.pick(1, s[1]))}, {}


def cat(d):
    s = shape(d)
    dim = d.int(-len(s), len(s) - 1)
    inputs = {}
    for k in range(d.int(1, 4)):
        t = list(s)
        t[dim] = d.int(1, 3)
        inputs[f'tensors[{k}]'] = d.tensor(*t)
    return inputs, dict(dim=dim)


def roll(d):
    s = shape(d)
    dims = d.r.sample(range(len(s)), d.int(1, len(s)))
    return {'input': d.tensor(*s)}, dict(shifts=[d.int(-4, 4) for _ in dims], dims=dims)


TABLE = {
    **{f'conv{r}d': conv(r) for r in (1, 2, 3)},
    **{f'conv_transpose{r}d': conv_transpose(r) for r in (1, 2, 3)},
    **{f'max_pool{r}d': max_pool(r) for r in (1, 2, 3)},
    **{f'avg_pool{r}d': avg_pool(r) for r in (1, 2, 3)},
    **{f'lp_pool{r}d': lp_pool(r) for r in (1, 2)},
    **{f'max_unpool{r}d': max_unpool(r) for r in (1, 2, 3)},
    **{f'adaptive_avg_pool{r}d': adaptive(r, 'avg') for r in (1, 2, 3)},
    **{f'adaptive_max_pool{r}d': adaptive(r, 'max') for r in (1, 2, 3)},
    'interpolate': interpolate('nearest', 'nearest-exact', 'linear', 'bilinear', 'trilinear', 'bicubic', 'area'),
    'grid_sample': grid_sample, 'affine_grid': affine_grid,
    'pad': pad, 'fold': fold, 'unfold': unfold, 'pixel_shuffle': shuffle(True), 'pixel_unshuffle': shuffle(False),
    'fft2': fft(False, False), 'ifft2': fft(True, False), 'rfft2': fft(False, True),
    'cross_entropy': cross_entropy, 'nll_loss': nll, 'binary_cross_entropy': probabilities, 'binary_cross_entropy_with_logits': with_logits,
    'kl_div': kl, 'mse_loss': pair_loss(), 'l1_loss': pair_loss(), 'huber_loss': pair_loss(delta=lambda d: d.pick(0.5, 1.0, 2.0)),
    'smooth_l1_loss': pair_loss(beta=lambda d: d.pick(0.0, 0.5, 1.0)),
    'batch_norm': batch_norm, 'group_norm': group_norm, 'layer_norm': layer_norm, 'local_response_norm': lrn,
    'matmul': matmul, 'einsum': einsum, 'gather': gather, 'index_select': index_select, 'scatter_add': scatter_add, 'cat': cat,
    'permute': permute, 'roll': roll, 'prelu': prelu, 'norm': norm, 'var': spread, 'std': spread,
    **{op: reduction for op in ('sum', 'mean', 'amax', 'amin', 'logsumexp')},
    **{op: one_dim for op in ('prod', 'max', 'min')},
    **{op: dim_only for op in ('softmax', 'log_softmax', 'cumsum')},
    **{op: binary for op in ('add', 'sub', 'mul', 'div', 'maximum', 'minimum')},
    **{op: positive for op in ('log', 'log1p', 'sqrt', 'rsqrt', 'reciprocal')},
    **{op: unary() for op in ('abs', 'exp', 'expm1', 'sin', 'cos', 'tanh', 'erf', 'sigmoid', 'silu', 'mish', 'relu', 'relu6', 'selu', 'hardswish', 'softsign', 'logsigmoid', 'square')},
    'elu': unary(alpha=lambda d: d.pick(0.5, 1.0, 2.0)), 'celu': unary(alpha=lambda d: d.pick(0.5, 1.0, 2.0)),
    'leaky_relu': unary(negative_slope=lambda d: d.pick(0.01, 0.2)), 'gelu': unary(approximate=lambda d: d.pick('none', 'tanh')),
    'softplus': unary(beta=lambda d: d.pick(0.5, 1.0, 3.0), threshold=20.0), 'hardtanh': unary(min_val=-1.5, max_val=lambda d: d.pick(0.5, 1.0)),
}
if vision is not None:
    TABLE.update({'deform_conv2d': deform, 'roi_align': roi(False, True), 'roi_pool': roi(False, False), 'ps_roi_align': roi(True, True), 'ps_roi_pool': roi(True, False)})

NO_GRADIENT = {'boxes'}
TARGETS_WITHOUT_GRADIENT = {'binary_cross_entropy', 'cross_entropy'}


def call(op, inputs, a):
    """Runs one case; the result is a list of (name, tensor)."""
    x = inputs.get('input')
    a = {k: math.inf if v == 'Infinity' else v for k, v in a.items()}
    if op == 'pad' and a['mode'] != 'constant':
        a.pop('value')
    if op in ('fft2', 'ifft2'):
        y = getattr(torch.fft, op)(torch.complex(inputs['input_real'], inputs['input_imag']), **a)
        return [('output_real', y.real), ('output_imag', y.imag)]
    if op == 'rfft2':
        y = torch.fft.rfft2(x, **a)
        return [('output_real', y.real), ('output_imag', y.imag)]
    if op == 'einsum':
        return [('output', torch.einsum(a['equation'], *inputs.values()))]
    if op == 'cat':
        return [('output', torch.cat(list(inputs.values()), **a))]
    if op in ('max', 'min'):
        y = getattr(torch, op)(x, **a)
        return [('values', y.values), ('indices', y.indices)]
    if op == 'deform_conv2d':
        rest = {k: v for k, v in a.items() if k in ('stride', 'padding', 'dilation')}
        return [('output', vision.deform_conv2d(**inputs, **rest))]
    if op in ('roi_align', 'roi_pool', 'ps_roi_align', 'ps_roi_pool'):
        return [('output', getattr(vision, op)(**inputs, **a))]
    if op in ('permute', 'roll'):
        return [('output', getattr(torch, op)(x, **a))]
    if op == 'max_unpool1d' or op == 'max_unpool2d' or op == 'max_unpool3d':
        return [('output', getattr(F, op)(x, inputs['indices'], a['kernel_size'], a['stride'], a['padding'], a['output_size']))]
    if op == 'batch_norm':
        running = {k: inputs[k].clone() for k in ('running_mean', 'running_var') if k in inputs}
        y = F.batch_norm(x, running.get('running_mean'), running.get('running_var'), inputs.get('weight'), inputs.get('bias'), **a)
        return [('output', y), *(running.items() if a['training'] else [])]
    if op == 'affine_grid':
        return [('output', F.affine_grid(inputs['theta'], **a))]
    if op == 'interpolate' and a['scale_factor'] is not None:
        a['scale_factor'] = tuple(a['scale_factor'])
    home = F if hasattr(F, op) and op not in ('norm',) else torch
    y = getattr(home, op)(**inputs, **a)
    return [('output', y[0]), ('indices', y[1])] if isinstance(y, tuple) else [('output', y)]


def number(v):
    if isinstance(v, float) and not math.isfinite(v):
        return 'NaN' if math.isnan(v) else ('Infinity' if v > 0 else '-Infinity')
    return v


def show(name, t, **more):
    kind = {torch.float64: 'float64', torch.int64: 'int64', torch.bool: 'bool'}[t.dtype]
    data = [number(int(v) if kind == 'bool' else v) for v in t.detach().reshape(-1).tolist()]
    return {'name': name, 'dtype': kind, 'shape': list(t.shape), 'data': data, **more}


def build(op, index, d):
    inputs, a = TABLE[op](d)
    fixed = NO_GRADIENT | ({'target'} if op in TARGETS_WITHOUT_GRADIENT else set()) | {'running_mean', 'running_var'}
    for name, t in inputs.items():
        if t.dtype == torch.float64 and name not in fixed and not (op.startswith('binary') and name in ('weight', 'pos_weight')) and not (op in ('cross_entropy', 'nll_loss') and name == 'weight'):
            t.requires_grad_(True)
    outputs = call(op, inputs, a)
    wanted = [t for t in inputs.values() if t.requires_grad]
    cts = [d.tensor(*y.shape) if y.dtype == torch.float64 and y.requires_grad else None for _, y in outputs]
    loss = sum((ct * y).sum() for ct, (_, y) in zip(cts, outputs) if ct is not None)
    gradients = torch.autograd.grad(loss, wanted, allow_unused=True, create_graph=True)
    filled = iter([g if g is not None else torch.zeros_like(t) for g, t in zip(gradients, wanted)])
    case = {
        'name': f'{op}_live_{index:03d}', 'op': op, 'attributes': a,
        'inputs': [show(name, t, requires_grad=t.requires_grad) for name, t in inputs.items()],
        'outputs': [show(name, y) for name, y in outputs],
        'cotangents': [None if ct is None else show('cotangent', ct) for ct in cts],
        'gradients': [show(name, next(filled)) if t.requires_grad else None for name, t in inputs.items()],
    }
    try:
        directions = [d.tensor(*t.shape) for t in wanted]
        inner = sum((g * v).sum() for g, v in zip(gradients, directions) if g is not None)
        second = torch.autograd.grad(inner, wanted, allow_unused=True)
        pairs = iter([(v, s if s is not None else torch.zeros_like(v)) for v, s in zip(directions, second)])
        chosen = [next(pairs) if t.requires_grad else None for t in inputs.values()]
        case['hvp'] = {
            'loss': 'linear', 'method': 'autograd',
            'directions': [None if c is None else show('direction', c[0]) for c in chosen],
            'results': [None if c is None else show('result', c[1]) for c in chosen],
        }
    except (RuntimeError, NotImplementedError):
        pass  # No double backward there, or nothing depends on the inputs any more.
    return case


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--seed', type=int, default=0)
    parser.add_argument('--cases', type=int, default=10, help='cases per operator')
    parser.add_argument('--only', help='operators, separated by commas')
    parser.add_argument('--out', required=True)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    for op in args.only.split(',') if args.only else TABLE:
        d = Draw(args.seed * 1000003 + sum(map(ord, op)))
        cases = []
        for index in range(args.cases):
            try:
                cases.append(build(op, index, d))
            except (RuntimeError, ValueError) as error:
                # PyTorch refuses some of the options drawn, e.g. pooling windows beyond its limits.
                print(f'{op}: {str(error).splitlines()[0]}')
        with open(os.path.join(args.out, f'{op}.json'), 'w') as file:
            file.write('[\n' + ',\n'.join(json.dumps(case) for case in cases) + '\n]\n')


if __name__ == '__main__':
    main()
