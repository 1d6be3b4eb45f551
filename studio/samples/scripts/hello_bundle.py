# The zip on the third port is unpacked under "Script Bundle" and is on sys.path.
import hello


def azureml_main(dataframe1=None, dataframe2=None):
    print(hello.greeting("Studio"))
    return (hello.table(),)
