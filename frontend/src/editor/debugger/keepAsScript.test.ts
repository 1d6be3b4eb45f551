import { describe, expect, it } from "vitest";
import { keepAsScript } from "./keepAsScript";

describe("lines kept from a console", () => {
  it("go before the last return of azureml_main, with the names of its parameters", () => {
    const script =
      "import os\n\ndef azureml_main(df):\n  if df is None:\n    return\n  return df,\n\nx = 1\n";
    expect(keepAsScript(script, "dataframe1['n'] = 1\n")).toBe(
      "import os\n\ndef azureml_main(df):\n  if df is None:\n    return\n  dataframe1 = df\n  dataframe1['n'] = 1\n  return df,\n\nx = 1\n",
    );
  });

  it("go to the end of a function that returns nothing, and keep their own indentation", () => {
    const script = "def azureml_main(dataframe1=None, dataframe2=None):\n    pass\n";
    expect(keepAsScript(script, "for i in range(2):\n    print(i)")).toBe(
      "def azureml_main(dataframe1=None, dataframe2=None):\n    pass\n    for i in range(2):\n        print(i)\n",
    );
  });

  it("make a function where the script has none", () => {
    expect(keepAsScript("", "dataframe1.head()")).toBe(
      "def azureml_main(dataframe1=None, dataframe2=None):\n    dataframe1.head()\n    return dataframe1,\n",
    );
  });
});
