"""The words of touches: what is written, asked and left on voicemail in each of them."""

from campaign.words.saying import with_words

__all__ = ["with_words"]
