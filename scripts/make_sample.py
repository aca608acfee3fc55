"""Write the sample reviews: `python scripts/make_sample.py` makes data/sample and, a year later,
data/sample-next; always the same."""

from sample.build import make_sample
from sample.next_round import make_next_round

if __name__ == "__main__":
    make_sample()
    make_next_round()
