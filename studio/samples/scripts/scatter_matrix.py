# Two pictures: one is saved as PNG, the other is simply left open. Both come out of the second port.
import matplotlib.pyplot as plt
from pandas.plotting import scatter_matrix


def azureml_main(dataframe1=None, dataframe2=None):
    numbers = dataframe1.select_dtypes("number")
    colors = dataframe1["species"].astype("category").cat.codes
    scatter_matrix(numbers, figsize=(9, 9), c=colors, cmap="viridis", alpha=0.7, diagonal="hist")
    plt.savefig("scatter_matrix.png", dpi=100)
    plt.close()

    dataframe1.boxplot(by="species", figsize=(9, 6))
    plt.suptitle("Each measurement by species")
    plt.tight_layout()
    return (dataframe1,)
