"""Write the sample review: `python scripts/make_sample.py` makes data/sample, always the same."""

from sample.build import make_sample

if __name__ == "__main__":
    make_sample()
