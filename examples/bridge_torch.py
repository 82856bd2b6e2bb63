"""PyTorch as a target of `cotangent fuzz`, in float64:

    npx cotangent fuzz --target "python3 examples/bridge_torch.py"

One line of JSON in, one out; the first line out says which operators there are, by the names and options of cotangent/ops.
Every operator is a line of Python: what runs is what snippets show.
"""

import json
import math
import sys

import torch
import torch.nn.functional as F

try:
    import torchvision.ops as vision
except ImportError:
    vision = None

torch.set_num_threads(1)


def pool(name, more):
    return lambda a: f"F.{name}(x, {a['kernel']}, {a['stride']}, {a['padding']}, ceil_mode={a['ceil']}, {more(a)})"


def resize(a):
    mode = {'nearest': 'nearest', 'linear': 'bilinear', 'cubic': 'bicubic'}[a['mode']]
    by = f"size={a['size']}" if 'size' in a else f"scale_factor={a['scale']}"
    corners = '' if mode == 'nearest' else f", align_corners={a['coordinates'] == 'align_corners'}"
    return f"F.interpolate(x, {by}, mode='{mode}'{corners})"


def region(name, more=lambda a: ''):
    return lambda a: f"vision.{name}(x, boxes, {a['outputSize']}{more(a)})"


PADS = {'reflect': 'reflect', 'replicate': 'replicate', 'circular': 'circular'}
OPS = {
    'conv2d': lambda a: f"F.conv2d(x, w, None, {a['stride']}, {a['padding']}, {a['dilation']}, {a['groups']})",
    'convTranspose2d': lambda a: (
        f"F.conv_transpose2d(x, w, None, {a['stride']}, {a['padding']}, {a['outputPadding']}, {a['groups']}, {a['dilation']})"
    ),
    **{
        f'avgPool{r}d': pool(f'avg_pool{r}d', lambda a: f"count_include_pad={a['countIncludePad']}") for r in (2, 3)
    },
    **{f'maxPool{r}d': pool(f'max_pool{r}d', lambda a: f"dilation={a['dilation']}") for r in (2, 3)},
    'pad': lambda a: f"F.pad(x, {[n for pair in a['amounts'][:1:-1] for n in pair]}, mode='{PADS[a['mode']]}')",
    'resize2d': resize,
    'gridSample': lambda a: (
        f"F.grid_sample(x, grid, mode='{a['mode']}', padding_mode='{a['paddingMode']}', align_corners={a['alignCorners']})"
    ),
    'maxUnpool2d': lambda a: f"F.max_unpool2d(x, indices, {a['kernel']})",
}
if vision is not None:
    OPS.update({
        'roiAlign': region('roi_align', lambda a: f", 1.0, {a['samplingRatio']}, {a['aligned']}"),
        'roiPool': region('roi_pool'),
        'psRoiAlign': region('ps_roi_align', lambda a: f", 1.0, {a['samplingRatio']}"),
        'psRoiPool': region('ps_roi_pool'),
        'deformConv2d': lambda a: (
            f"vision.deform_conv2d(x, offset, w, None, {a['stride']}, {a['padding']}, {a['dilation']}, mask)"
        ),
    })

DTYPES = {'f64': torch.float64, 'f32': torch.float32, 'i32': torch.int64, 'bool': torch.bool}


def inward(array):
    return torch.tensor([float(v) for v in array['data']]).to(DTYPES[array['dtype']]).reshape(array['shape'])


def outward(tensor):
    values = tensor.detach().to(torch.float64).flatten().tolist()
    spelled = {math.inf: 'Infinity', -math.inf: '-Infinity'}
    data = ['NaN' if math.isnan(v) else spelled.get(v, v) for v in values]
    return {'shape': list(tensor.shape), 'data': data}


def run(code, tensors):
    return eval(code, {'F': F, 'torch': torch, 'vision': vision}, tensors)


def literal(array):
    kind = ', dtype=torch.float64' if array['dtype'] == 'f64' else ''
    return f"torch.tensor({array['data']}{kind}).reshape({array['shape']})"


def explain(code, request):
    """A program that prints the claimed derivative beside the measured one."""
    ask, wrt = request['explain'], request.get('wrt', [])
    names, step = list(request['inputs']), ask['step']
    lines = [f'import torch  # {torch.__version__}', 'import torch.nn.functional as F']
    if 'vision.' in code:
        lines.append('import torchvision.ops as vision')
    # Threads would race for what is written more than once.
    lines.append('torch.set_num_threads(1)')
    lines += [f'{name} = {literal(array)}' for name, array in request['inputs'].items()]
    lines.append(f"f = lambda {', '.join(names)}: {code}")
    if ask['fault'] == 'value':
        lines.append(f"print({{'value': f({', '.join(names)}).flatten().tolist(), 'expected': {ask['expected']['data']}}})")
        return '\n'.join(lines) + '\n'
    lines.append(f"u = {literal(request['cotangent'])}")
    lines.append(f"wrt = [{', '.join(f'{name}.requires_grad_()' for name in wrt)}]")
    gradients = f"torch.autograd.grad(f({', '.join(names)}), wrt, u)"
    if ask['fault'] == 'missing':
        return '\n'.join([*lines, 'try:', f'    {gradients}', 'except RuntimeError as error:', "    print({'missing': str(error)})"]) + '\n'
    moved = ask['along']
    lines += [f'd_{name} = {literal(array)}' for name, array in moved.items()]
    shifted = ', '.join(f'{name} + t * d_{name}' if name in moved else name for name in names)
    lines.append(f'loss = lambda t: (f({shifted}) * u).sum().item()')
    lines.append(f'gradients = {gradients}')
    lines.append('analytic = ' + ' + '.join(f'(gradients[{wrt.index(n)}] * d_{n}).sum().item()' for n in moved))
    if ask['fault'] == 'kink':
        lines.append(f'left, right = (loss(0) - loss(-{step})) / {step}, (loss({step}) - loss(0)) / {step}')
        lines.append("print({'analytic': analytic, 'left': left, 'right': right})")
    else:
        lines.append(f'numeric = (loss({step}) - loss(-{step})) / {2 * step}')
        lines.append("print({'analytic': analytic, 'numeric': numeric})")
    return '\n'.join(lines) + '\n'


def answer(request):
    code = OPS[request['op']](request['attributes'])
    if 'explain' in request:
        return {'snippet': explain(code, request)}
    tensors = {name: inward(array) for name, array in request['inputs'].items()}
    if 'cotangent' not in request:
        with torch.no_grad():
            return {'output': outward(run(code, tensors))}
    wrt = request['wrt']
    y = run(code, {name: t.requires_grad_() if name in wrt else t for name, t in tensors.items()})
    try:
        gradients = torch.autograd.grad(y, [tensors[name] for name in wrt], inward(request['cotangent']), allow_unused=True)
    except (NotImplementedError, RuntimeError) as error:
        return {'missing': str(error).split('\n')[0]}
    return {
        'gradients': {
            name: outward(torch.zeros_like(tensors[name]) if g is None else g) for name, g in zip(wrt, gradients)
        }
    }


print(json.dumps({'name': f'PyTorch {torch.__version__}', 'precision': 'f64', 'ops': sorted(OPS)}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = answer(request)
    except Exception as error:  # PyTorch's refusals have many classes.
        reply = {'error': str(error).split('\n')[0]}
    print(json.dumps({'id': request['id'], **reply}), flush=True)
