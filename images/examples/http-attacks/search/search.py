"""One trial of a search: learns attack types in several passes and reports the F1 on values that were held back after each."""

import numpy as np
import pandas as pd
import secxops
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import f1_score
from sklearn.model_selection import train_test_split


def main() -> None:
    chosen = secxops.params(max_n=3, alpha=1e-5, penalty="l2", passes=5)
    table = pd.read_csv(secxops.input("data", "payload_train.csv"), dtype=str, keep_default_na=False)
    learn, held = train_test_split(table, test_size=0.2, random_state=7, stratify=table["attack_type"])
    grams = HashingVectorizer(
        analyzer="char", ngram_range=(1, int(chosen["max_n"])), n_features=2**18, lowercase=False, alternate_sign=False
    )
    seen, unseen = grams.transform(learn["payload"]), grams.transform(held["payload"])
    classifier = SGDClassifier(loss="log_loss", alpha=chosen["alpha"], penalty=chosen["penalty"], random_state=7)
    order = np.random.default_rng(7)
    f1 = 0.0
    for step in range(int(chosen["passes"])):
        rows = order.permutation(len(learn))
        classifier.partial_fit(seen[rows], learn["attack_type"].to_numpy()[rows], classes=sorted(set(table["attack_type"])))
        f1 = f1_score(held["attack_type"], classifier.predict(unseen), average="macro")
        secxops.metric("f1", f1, step=step)
        print(f"pass {step + 1}: F1 {f1:.4f}", flush=True)
        if secxops.should_stop():
            return
    secxops.metric("f1", f1, final=True)


if __name__ == "__main__":
    main()
