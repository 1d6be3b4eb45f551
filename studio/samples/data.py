"""The samples' data: scikit-learn's own, written as files a person might upload."""

from __future__ import annotations

import zipfile
from pathlib import Path

SCRIPTS = Path(__file__).parent / "scripts"


def write_files(folder: Path) -> dict[str, tuple[Path, str]]:
    """Writes each file into `folder`: by dataset name its path, and a description."""
    from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris, load_wine

    cancer = load_breast_cancer(as_frame=True)
    tumors = cancer.data.assign(diagnosis=cancer.target_names[cancer.target])
    iris = load_iris(as_frame=True)
    flowers = iris.data.assign(species=iris.target_names[iris.target])
    wine = load_wine(as_frame=True)
    chemistry = wine.data.copy()
    chemistry.insert(0, "sample", range(1, len(chemistry) + 1))
    cultivars = chemistry[["sample"]].assign(cultivar=[f"cultivar {n + 1}" for n in wine.target])

    diabetes = load_diabetes(as_frame=True, scaled=False)
    patients = diabetes.data.assign(progression=diabetes.target)

    files = {}
    for name, frame, description in (
        ("Breast cancer", tumors, "569 tumors, 30 measurements each, and their diagnosis."),
        ("Iris", flowers, "150 iris flowers of three species, measured by R. A. Fisher."),
        ("Diabetes", patients, "Ten measurements of 442 patients, and how far the illness went in a year."),
        ("Wine chemistry", chemistry, "13 chemical measurements of 178 wines."),
        ("Wine cultivars", cultivars, "Which of three cultivars each of the 178 wines came from."),
    ):
        path = folder / f"{name.lower().replace(' ', '-')}.csv"
        frame.to_csv(path, index=False)
        files[name] = (path, description)
    bundle = folder / "hello.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.write(SCRIPTS / "hello.py", "hello.py")
    files["Hello"] = (bundle, "A script bundle: a zip with hello.py in it.")
    return files
