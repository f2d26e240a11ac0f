"""The network: a small encoder, labels for word pieces, links from a cue to its content and source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

# What is labelled by itself: the head of a cue, any word of a cue, of a source, of a content, and the first
# and last words of a content.
LABELS = ("head", "cue", "source", "content", "first", "last")
PARTS = ("content", "source")  # what a cue is linked to
LINK = 64  # dimensions of a link
UNLIKELY = 4.0  # in the first numbers of two vectors: their product over the root of LINK is log-odds of -2
SHAPES = 4
QUOTED = 4
# What encoders that share BERT's words call its special ones.
SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[UNK]": "<unk>"}


class Network(nn.Module):
    """Encoder and heads.

    ``forward`` gives the log-odds of the labels, (batch, pieces, 6), and the vectors whose products are the
    log-odds of links: from cues, (batch, pieces, 2, 64), and to pieces, the same.

    Args:
        encoder: BERT, or one that is called alike.
        numbers: what the encoder calls the word pieces of the tagger's tokenizer.
    """

    def __init__(self, encoder: Any, numbers: Tensor) -> None:
        super().__init__()
        self.encoder = encoder
        self.register_buffer("numbers", numbers, persistent=False)
        width = encoder.config.hidden_size
        self.shape = nn.Embedding(SHAPES, width)
        self.quoted = nn.Embedding(QUOTED, width)
        for extra in (self.shape, self.quoted):
            nn.init.zeros_(extra.weight)
        self.dropout = nn.Dropout(0.1)
        self.labels = nn.Linear(width, len(LABELS))
        self.cues = nn.Linear(width, len(PARTS) * LINK)
        self.pieces = nn.Linear(width, len(PARTS) * LINK)
        self._begin(encoder)

    def _begin(self, encoder: Any) -> None:
        """Set the heads to where they learn at once.

        Encoders end in numbers much smaller than one, and vectors near nothing learn late, for each moves in
        proportion to the other. And most pieces do not belong to a cue, which a bias says from the start.
        """
        scales = [module.weight for module in encoder.modules() if isinstance(module, nn.LayerNorm)]
        size = float(scales[-1].detach().square().mean().sqrt())
        with torch.no_grad():
            for head in (self.labels, self.cues, self.pieces):
                head.weight /= size
            for head, bias in ((self.cues, -UNLIKELY), (self.pieces, UNLIKELY)):
                head.bias.view(len(PARTS), LINK)[:, 0] = bias

    @classmethod
    def of(cls, folder: Path, tokenizer: Tokenizer) -> Network:
        """The network on the encoder in ``folder``, heads untrained.

        Args:
            folder: configuration, weights and tokenizer of the encoder.
            tokenizer: the one whose word pieces the network is given.
        """
        encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        return cls(encoder, _numbers(Tokenizer.from_file(str(folder / "tokenizer.json")), tokenizer))

    def forward(
        self, ids: Tensor, shapes: Tensor, quoted: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Read a batch of windows; all arguments are (batch, pieces)."""
        words = self.encoder.embeddings.word_embeddings(self.numbers[ids])
        words = words + self.shape(shapes) + self.quoted(quoted)
        hidden = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
        hidden = self.dropout(hidden)
        batch, length, _ = hidden.shape
        cues = self.cues(hidden).view(batch, length, len(PARTS), LINK)
        pieces = self.pieces(hidden).view(batch, length, len(PARTS), LINK)
        return self.labels(hidden), cues / LINK**0.25, pieces / LINK**0.25


def _numbers(own: Tokenizer, given: Tokenizer) -> Tensor:
    """For each word piece of ``given`` its number in ``own``."""
    unknown = own.token_to_id("[UNK]")
    found = torch.full((given.get_vocab_size(),), unknown if unknown is not None else 0)
    for token, number in given.get_vocab().items():
        mine = own.token_to_id(SPECIAL.get(token, token))
        found[number] = own.token_to_id(token) if mine is None else mine
    return found


def links(cues: Tensor, pieces: Tensor, rows: Tensor) -> Tensor:
    """Log-odds of the pieces for each cue.

    Args:
        cues: as `Network` gives them.
        pieces: as `Network` gives them.
        rows: (window, piece) of each cue, (cues, 2).

    Returns:
        (cues, pieces, parts).
    """
    chosen = cues[rows[:, 0], rows[:, 1]]
    return torch.einsum("cpd,clpd->clp", chosen, pieces[rows[:, 0]])
