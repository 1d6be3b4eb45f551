# Which measurements tell benign from malignant?
# An ensemble of randomized trees is asked, and its ranking is drawn.
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.ensemble import ExtraTreesClassifier


def azureml_main(dataframe1=None, dataframe2=None):
    features = dataframe1.drop(columns="diagnosis")
    forest = ExtraTreesClassifier(n_estimators=200, random_state=0)
    forest.fit(features, dataframe1["diagnosis"])

    spread = np.std([tree.feature_importances_ for tree in forest.estimators_], axis=0)
    ranking = pd.DataFrame(
        {
            "feature": features.columns,
            "importance": forest.feature_importances_,
            "spread": spread,
        }
    ).sort_values("importance", ascending=False, ignore_index=True)
    print(ranking.head(10).to_string(index=False))

    top = ranking.head(15).iloc[::-1]
    plt.figure(figsize=(8, 6))
    plt.barh(top["feature"], top["importance"], xerr=top["spread"], color="#4c72b0", ecolor="#9aa5b8")
    plt.title("Feature importance, 15 best of %d" % len(ranking))
    plt.tight_layout()
    plt.savefig("importance.png", dpi=110)
    plt.close()
    return ranking, forest
