# Prints what PyTorch makes of the sample's cell: the numbers in PyTorch.cs.
import torch

torch.set_printoptions(precision=8)
H, E, L, O = torch.eye(4)

cell = torch.nn.RNN(input_size=4, hidden_size=2, batch_first=True)
with torch.no_grad():
    cell.weight_ih_l0.copy_(torch.tensor([[0.1, -0.2, 0.3, -0.4], [0.5, 0.6, -0.7, 0.8]]))
    cell.weight_hh_l0.copy_(torch.tensor([[0.9, -0.8], [0.7, 0.6]]))
    cell.bias_ih_l0.copy_(torch.tensor([0.05, -0.15]))
    cell.bias_hh_l0.copy_(torch.tensor([0.25, 0.35]))

    for batch in [[H]], [[H, E, L, L, O]], [[H, E, L, L, O], [E, O, L, L, L], [L, L, E, E, L]]:
        outputs, state = cell(torch.stack([torch.stack(word) for word in batch]))
        for word, final in zip(outputs, state[0]):
            for step in word:
                print("%.8f %.8f" % tuple(step.tolist()))
