from sklearn.naive_bayes import GaussianNB


def azureml_main(dataframe1=None, dataframe2=None):
    features = dataframe1.drop(columns="diagnosis")
    model = GaussianNB().fit(features, dataframe1["diagnosis"])
    return dataframe1, model
