# Compares the three cultivars, feature by feature.
import matplotlib.pyplot as plt


def azureml_main(dataframe1=None, dataframe2=None):
    means = dataframe1.drop(columns="sample").groupby("cultivar").mean()
    scaled = (means - means.mean()) / means.std()
    print(means.T.round(2).to_string())

    scaled.T.plot.barh(figsize=(8, 7), width=0.8)
    plt.title("Mean of each feature by cultivar, in standard deviations")
    plt.tight_layout()
    return (means.reset_index(),)
