"""name → (inputs, script, the rows that came out)."""

from __future__ import annotations

from typing import Any

HEAD = "import pandas as pd\nimport numpy as np\n"
MAIN = "def azureml_main(dataframe1 = None, dataframe2 = None):\n"

SCRIPTS: dict[str, tuple[str, str, list[list[Any]]]] = {
    "the template of 2014": ("sales", r"""
# The script MUST contain a function named azureml_main
# which is the entry point for this module.

# imports up here can be used to
import pandas as pd

# The entry point function can contain up to two input arguments:
#   Param<dataframe1>: a pandas.DataFrame
#   Param<dataframe2>: a pandas.DataFrame
def azureml_main(dataframe1 = None, dataframe2 = None):

    # Execution logic goes here
    print('Input pandas.DataFrame #1:\r\n\r\n{0}'.format(dataframe1))

    # If a zip file is connected to the third input port is connected,
    # it is unzipped under ".\Script Bundle". This directory is added
    # to sys.path. Therefore, if your zip file contains a Python file
    # mymodule.py you can import it using:
    # import mymodule

    # Return value must be of a sequence of pandas.DataFrame
    return dataframe1[['Units']].head(1),
""", [[3]]),
    "titles of passengers": ("people", HEAD + """
def azureml_main(df):
    titles = {"Mr": "Mr", "Mrs": "Mrs", "Miss": "Miss"}
    df['Title'] = df['Name'].map(lambda name: name.split(',')[1].split('.')[0].strip())
    df['Title'] = df.Title.map(titles)
    dummies = pd.get_dummies(df['Title'], prefix='Title')
    df = pd.concat([df, dummies], 1)
    df['Age'].fillna(df['Age'].median(), inplace=True)
    return df[['Age', 'Title_Miss', 'Title_Mr']]
""", [[22.0, 0, 1], [38.0, 0, 0], [35.0, 1, 0], [35.0, 0, 1]]),
    "scale a matrix, drop by position": ("sales", """
def azureml_main(frame1):
    from sklearn import preprocessing
    frame1 = frame1.drop("Date", 1)
    scaleList = ["Units", "Price"]
    arry = frame1[scaleList].as_matrix()
    frame1[scaleList] = preprocessing.scale(arry)
    return frame1[scaleList].round(3)
""", [[-1.069, -0.447], [-0.535, 0.447], [0.0, 1.342], [1.604, -1.342]]),
    "a metric table": ("people", """
def azureml_main(dataframe1 = None, dataframe2 = None):
    from sklearn.metrics import accuracy_score, precision_score, recall_score
    import pandas as pd
    import numpy as np
    scores = dataframe1.ix[:, ("Sex", "Survived")]
    ytrue = np.array([0 if val == 'male' else 1 for val in scores["Sex"]])
    ypred = np.array([0 if val == 0 else 1 for val in scores["Survived"]])
    accuracy, precision, recall = \\
    accuracy_score(ytrue, ypred),\\
    precision_score(ytrue, ypred),\\
    recall_score(ytrue, ypred)
    metrics = pd.DataFrame();
    metrics["Metric"] = ["Accuracy", "Precision", "Recall"];
    metrics["Value"] = [accuracy, precision, recall]
    return metrics,
""", [["Accuracy", 1.0], ["Precision", 1.0], ["Recall", 1.0]]),
    "sort a series in place": ("sales", HEAD + MAIN + """
    similarity = dataframe1.Units.copy()
    similarity.sort(ascending=False)
    return pd.DataFrame({'top': similarity[0:2]}),
""", [[8], [5]]),
    "scatter matrix and rplot": ("people", """
def azureml_main(frame1):
    import matplotlib
    matplotlib.use('agg')  # Set backend
    from pandas.tools.plotting import scatter_matrix
    import pandas.tools.rplot as rplot
    import matplotlib.pyplot as plt
    import numpy as np
    fig1 = plt.figure(1, figsize=(4, 4))
    ax = fig1.gca()
    scatter_matrix(frame1[['Fare', 'Survived']], alpha=0.3, diagonal='hist', ax = ax)
    plt.show()
    fig1.savefig('scatter1.png')
    fig = plt.figure(figsize=(4, 4))
    plot = rplot.RPlot(frame1, x='Fare', y='Survived')
    plot.add(rplot.TrellisGrid(['Sex', '.']))
    plot.add(rplot.GeomScatter())
    plot.add(rplot.GeomPolyFit(degree=1))
    plot.render(fig)
    fig.savefig('scatter2.png')
    return frame1[['Fare']][:1],
""", [[7.25]]),
    "monthly totals": ("sales", HEAD + MAIN + """
    dataframe1['Date'] = pd.to_datetime(dataframe1['Date'])
    dataframe1 = dataframe1.set_index('Date')
    monthly = dataframe1.resample('M', how='sum')
    monthly['Month'] = monthly.index.month
    return monthly[['Units', 'Month']].reset_index(drop=True),
""", [[7, 1], [13, 2]]),
    "print and divide": ("sales", HEAD + MAIN + """
    total = sum(dataframe1['Units'])
    n = len(dataframe1)
    print "rows:", n, "total:", total
    half = total / 2 / n
    print 'half of the mean: %d' % half
    dataframe1['Half'] = dataframe1['Units'].apply(lambda u: u / 2)
    return dataframe1[['Half']]
""", [[1], [2], [2], [4]]),
    "dicts of Python 2": ("sales", HEAD + MAIN + """
    totals = {}
    for i, row in dataframe1.iterrows():
        if not totals.has_key(row['Store']):
            totals[row['Store']] = 0
        totals[row['Store']] += row['Units']
    keys = totals.keys()
    keys.sort()
    first = totals.keys()[0]
    return pd.DataFrame([(k, v) for k, v in sorted(totals.iteritems(), key=lambda (k, v): -v)], columns=['Store', 'Units']),
""", [["south", 12], ["north", 8]]),
    "exceptions of Python 2": ("sales", HEAD + MAIN + """
    result = []
    for value in ['1', 'x']:
        try:
            if value == 'x':
                raise ValueError, "not a number: " + value
            result.append(unicode(value))
        except ValueError, e:
            result.append(str(e))
    return pd.DataFrame({'r': result})
""", [["1"], ["not a number: x"]]),
    "urllib2 and StringIO": ("", HEAD + """
import urllib2, urllib
from StringIO import StringIO
def azureml_main():
    data = "a,b\\n1,2\\n"
    frame = pd.read_csv(StringIO(data))
    frame['q'] = urllib.urlencode({'x': 'y z'})
    frame['t'] = urllib2.quote('a b')
    return frame,
""", [[1, 2, "x=y+z", "a%20b"]]),
    "octal, backquotes, not equal": ("", HEAD + """
def azureml_main():
    mode = 0755
    big = 10L
    if mode <> 0:
        text = `mode`
    return pd.DataFrame({'mode': [mode], 'text': [text], 'big': [big]}),
""", [[493, "493", 10]]),
    "lists from map, filter, zip and range": ("", HEAD + """
def azureml_main():
    odd = filter(lambda n: n % 2, range(6))
    squares = map(lambda n: n * n, odd)
    pairs = zip(odd, squares)
    both = range(2) + squares[:1]
    print len(pairs), xrange(3)
    return pd.DataFrame({'a': [pairs[-1][1]], 'n': [len(both)], 'r': [reduce(lambda a, b: a + b, squares)]}),
""", [[25, 3, 35]]),
    "encode and decode": ("people", """# -*- coding: utf-8 -*-
import pandas as pd, hashlib
def azureml_main(df):
    print u'start'
    names = [n.encode('ascii', 'ignore').decode('utf-8') for n in df['Name']]
    first = names[0].encode('utf-8') + ' ' + str(len(names))
    return pd.DataFrame({'first': [first], 'md5': [hashlib.md5(first).hexdigest()[:4]]})
""", [["Braund, Mr. Owen 4", "ba57"]]),
    "a seed of random": ("", """
import random
import pandas as pd
def azureml_main():
    print 'shuffling'
    random.seed(1)
    cards = range(5)
    random.shuffle(cards)
    return pd.DataFrame({'card': cards, 'drawn': [random.randint(1, 6) for _ in xrange(5)]}),
""", [[1, 3], [4, 3], [2, 4], [3, 5], [0, 1]]),
    "train and test": ("people", """
import pandas as pd
from sklearn.cross_validation import train_test_split
from sklearn.tree import DecisionTreeClassifier
def azureml_main(df):
    X, y = df[['Fare']].as_matrix(), df['Survived'].as_matrix()
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, random_state=0)
    return pd.DataFrame({'n': [len(X_train)], 'test': [y_test.tolist()[0]]}),
""", [[2, 1]]),
    "folds by hand": ("people", """
import pandas as pd, numpy as np
from sklearn import cross_validation
from sklearn.linear_model import LogisticRegression
def azureml_main(df):
    X, y = df[['Fare', 'Survived']].values, df.Survived.values
    kf = cross_validation.StratifiedKFold(y, n_folds=2)
    result = []
    for train_index, test_index in kf:
        X[train_index, 0] = X[train_index, 0] * 1.0
        model = LogisticRegression(C=1e5).fit(X[train_index], y[train_index])
        result.append(model.score(X[test_index], y[test_index]))
    return pd.DataFrame({'n': [len(kf)], 'ok': [np.mean(result) >= 0.5]}),
""", [[2, True]]),
    "a grid": ("people", """
import pandas as pd
from sklearn.grid_search import GridSearchCV
from sklearn.ensemble import RandomForestClassifier
def azureml_main(df):
    X = pd.concat([df[['Fare', 'Survived']]] * 5).as_matrix()
    grid = GridSearchCV(RandomForestClassifier(random_state=1, n_jobs=-1), {'max_depth': [1, 2]}, cv=2, n_jobs=-1)
    grid.fit(X, X[:, 1].astype(int))
    for params, mean, scores in grid.grid_scores_:
        print("%0.3f (+/-%0.03f) for %r" % (mean, scores.std() * 2, params))
    return pd.DataFrame([grid.best_params_])
""", [[1]]),
    "label encoding and one hot": ("people", """
import numpy as np, pandas as pd
from sklearn.preprocessing import Imputer, LabelEncoder, OneHotEncoder
def azureml_main(dataset):
    X = dataset.iloc[:, [1, 2, 3]].values
    imputer = Imputer(missing_values = 'NaN', strategy = 'mean', axis = 0)
    imputer = imputer.fit(X[:, 1:3])
    X[:, 1:3] = imputer.transform(X[:, 1:3])
    labelencoder_X = LabelEncoder()
    X[:, 0] = labelencoder_X.fit_transform(X[:, 0])
    onehotencoder = OneHotEncoder(categorical_features = [0])
    X = onehotencoder.fit_transform(X).toarray()
    return pd.DataFrame(X).round(2)
""", [[0.0, 1.0, 22.0, 7.25], [1.0, 0.0, 38.0, 71.5], [1.0, 0.0, 31.67, 7.75], [0.0, 1.0, 35.0, 8.0]]),
    "fill in a loop": ("people", HEAD + """
def azureml_main(df):
    median_ages = np.zeros((2,))
    df['Gender'] = df['Sex'].map( {'female': 0, 'male': 1} ).astype(int)
    for i in range(0, 2):
        median_ages[i] = df[(df['Gender'] == i)]['Age'].dropna().median()
    df['AgeFill'] = df['Age']
    for i in range(0, 2):
        df.loc[ (df.Age.isnull()) & (df.Gender == i), 'AgeFill'] = median_ages[i]
    df['AgeIsNull'] = pd.isnull(df.Age).astype(int)
    df = df.drop(['Name', 'Sex'], axis=1)
    train_data = df[['AgeFill', 'AgeIsNull', 'Gender']].values
    return pd.DataFrame(train_data, columns=['a', 'n', 'g'])
""", [[22.0, 0.0, 1.0], [38.0, 0.0, 0.0], [38.0, 1.0, 0.0], [28.5 + 6.5, 0.0, 1.0]]),
    "chained masks": ("people", HEAD + MAIN + """
    df = dataframe1
    df['Age'][df['Age'].isnull()] = 30
    df['Class'] = 0
    df.Class[df.Fare > 8] = 1
    df['Class'][df.Fare > 50] = 'rich'
    return df[['Age', 'Class']]
""", [[22.0, "0"], [38.0, "rich"], [30.0, "0"], [35.0, "0"]]),
    "set row by row": ("sales", HEAD + MAIN + """
    dataframe1['Total'] = 0.0
    for i in range(len(dataframe1)):
        dataframe1['Total'][i] = dataframe1['Units'][i] * dataframe1['Price'][i]
    for i in dataframe1.index:
        dataframe1.ix[i, 'Big'] = dataframe1.ix[i, 'Total'] > 7
    return dataframe1[['Total', 'Big']]
""", [[4.5, False], [8.0, True], [12.5, True], [8.0, True]]),
    "set_value": ("sales", HEAD + MAIN + """
    out = pd.DataFrame(index=range(2), columns=['a'])
    for i in xrange(2):
        out.set_value(i, 'a', dataframe1.get_value(i, 'Units') * 2)
    return out.convert_objects(convert_numeric=True)
""", [[6], [8]]),
    "append rows": ("", HEAD + """
def azureml_main():
    df = pd.DataFrame(columns=['k', 'v'])
    for k, v in [('a', 1), ('b', 2)]:
        df = df.append({'k': k, 'v': v}, ignore_index=True)
    df = df.append(pd.DataFrame([['c', 3]], columns=['k', 'v']), ignore_index=True)
    df['v'] = df['v'].astype(int)
    return df,
""", [["a", 1], ["b", 2], ["c", 3]]),
    "group, aggregate, rename": ("sales", HEAD + MAIN + """
    g = dataframe1.groupby('Store')
    means = g.mean()
    stats = g['Units'].agg({'total': np.sum, 'n': 'count'})
    stats['price'] = means['Price']
    return stats.reset_index(),
""", [["north", 8, 2, 2.0], ["south", 12, 2, 1.5]]),
    "count values": ("people", HEAD + MAIN + """
    counts = dataframe1['Sex'].value_counts().reset_index()
    counts.columns = ['Sex', 'n']
    return counts.sort('Sex'),
""", [["female", 2], ["male", 2]]),
    "correlations": ("people", HEAD + MAIN + """
    import matplotlib.pyplot as plt
    corr = dataframe1.corr()
    plt.matshow(corr)
    plt.xticks(range(len(corr.columns)), corr.columns, rotation='vertical')
    plt.colorbar()
    plt.savefig("correlation")
    return corr.apply(lambda c: c.round(3)).ix[['Survived'], ['Survived']],
""", [[1.0]]),
    "moving averages": ("sales", HEAD + MAIN + """
    dataframe1['mean'] = pd.rolling_mean(dataframe1['Units'], window=2)
    dataframe1['ew'] = pd.ewma(dataframe1['Units'], span=3).round(3)
    dataframe1.fillna(method='bfill', inplace=True)
    return dataframe1[['mean', 'ew']],
""", [[3.5, 3.0], [3.5, 3.667], [4.5, 4.429], [6.5, 6.333]]),
    "feature importance": ("people", """
import pandas as pd
import matplotlib
matplotlib.use("TkAgg")
import matplotlib.pyplot as plt
from sklearn.ensemble import ExtraTreesClassifier
def azureml_main(dataframe1 = None, dataframe2 = None):
    X = dataframe1[['Fare', 'Survived']].as_matrix()
    y = dataframe1['Survived'].as_matrix()
    forest = ExtraTreesClassifier(n_estimators=5, random_state=0, compute_importances=True)
    forest.fit(X, y)
    importances = forest.feature_importances_
    indices = importances.argsort()[::-1]
    print "Feature ranking:"
    for f in range(2):
        print "%d. feature %d (%f)" % (f + 1, indices[f], importances[indices[f]])
    plt.figure()
    plt.title("Feature importances")
    plt.bar(range(2), importances[indices], color="r", align="center")
    plt.savefig('importance.png')
    return pd.DataFrame({'n': [len(indices)]}),
""", [[2]]),
    "dates": ("sales", HEAD + MAIN + """
    df = dataframe1
    df['Date'] = pd.to_datetime(df['Date'], coerce=True)
    df['dow'] = df['Date'].dt.weekday_name
    df['week'] = df['Date'].dt.week
    df['stamp'] = df['Date'].astype('int64') // 10**9
    return df[['dow', 'week', 'stamp']][:1],
""", [["Friday", 5, 1422576000]]),
    "join and fill": ("sales people", HEAD + MAIN + """
    left = dataframe1.ix[:, ['Store', 'Units']].rename(columns={'Store': 'k'})
    right = pd.DataFrame({'k': ['north', 'west'], 'v': [1, 2]})
    both = pd.merge(left, right, 'left', 'k').sort_index(by='Units', ascending=False)
    both['v'].fillna(0, inplace=True)
    return both,
""", [["south", 8, 0.0], ["north", 5, 1.0], ["south", 4, 0.0], ["north", 3, 1.0]]),
    "pickle into a cell": ("people", """
import pandas as pd
import cPickle
from sklearn.lda import LDA
def azureml_main(df):
    model = LDA().fit(df[['Fare']].values, df['Survived'].values)
    text = cPickle.dumps(model, 0)
    again = cPickle.loads(text)
    return pd.DataFrame({'label': again.predict(df[['Fare']].values)}),
""", [[0], [1], [0], [0]]),
    "joblib of externals": ("people", """
import pandas as pd
from sklearn.externals import joblib
from sklearn.svm import SVC
def azureml_main(df):
    clf = SVC(kernel='linear', probability=False, class_weight='auto')
    clf.fit(df[['Survived']].as_matrix(), df['Survived'])
    joblib.dump(clf, 'model.pkl')
    return pd.DataFrame({'p': joblib.load('model.pkl').predict(df[['Survived']].as_matrix())})
""", [[0], [1], [1], [0]]),
    "most frequent": ("people", """
import pandas as pd
from scipy.stats import mode
def azureml_main(data):
    data.ix[0, 'Sex'] = None
    data['Sex'].fillna(mode(data['Sex'].dropna()).mode[0], inplace=True)
    return data[['Sex']]
""", [["female"], ["female"], ["female"], ["male"]]),
    "columns of objects": ("people", HEAD + """
from sklearn.preprocessing import LabelEncoder
def azureml_main(df):
    for f in df.columns:
        if df[f].dtype == 'object':
            lbl = LabelEncoder()
            lbl.fit(list(df[f].values))
            df[f] = lbl.transform(list(df[f].values))
    df = df.select_dtypes(exclude=['object'])
    return df[['Name', 'Sex']],
""", [[1, 1], [2, 0], [3, 0], [0, 1]]),
    "text with tf-idf": ("people", """
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
def azureml_main(df):
    vec = TfidfVectorizer(min_df=2)
    m = vec.fit_transform(df['Name'])
    print vec.get_feature_names()
    return pd.DataFrame({'word': vec.get_feature_names()})
""", [["mr"]]),
    "strings of the module string": ("people", """
import string, pandas as pd
def azureml_main(df):
    table = dict((ord(c), None) for c in string.punctuation)
    names = [string.join(string.split(string.lower(n))[:1]) for n in df['Name']]
    print names
    return pd.DataFrame({'n': [n.strip(',') for n in names]})
""", [["braund"], ["cumings"], ["heikkinen"], ["allen"]]),
    "sorted by cmp": ("", HEAD + """
def azureml_main():
    words = sorted(['pear', 'fig'], cmp=lambda a, b: cmp(len(a), len(b)))
    print words
    return pd.DataFrame({'w': words})
""", [["fig"], ["pear"]]),
    "histograms": ("people", """
import pandas as pd, matplotlib.pyplot as plt
def azureml_main(df):
    fig, ax = plt.subplots(1, 2)
    n, bins, patches = ax[0].hist(df['Fare'].values, 3, normed=1, facecolor='green', alpha=0.75)
    ax[1].set_axis_bgcolor('white')
    plt.hold(True)
    plt.grid(b=True)
    fig.savefig('hist.png')
    return pd.DataFrame({'n': [len(n)]}),
""", [[3]]),
    "numpy of old": ("sales", """
import numpy as np, pandas as pd
def azureml_main(df):
    m = np.asarray(df[['Units', 'Price']], dtype=np.float)
    mask = np.zeros(len(df), dtype=np.bool)
    mask[:2] = True
    return pd.DataFrame({'x': m[mask][:, 0].astype(np.int), 'u': np.array(['a', 'b'], dtype=np.object)})
""", [[3, "a"], [4, "b"]]),
    "pandas names": ("", """
from pandas import *
from pandas import DataFrame, Series
def azureml_main():
    s = Series([3, 1, 2], index=['a', 'b', 'c'])
    return DataFrame({'first': [s[0]], 'last': [s[-1]], 'max': [s.argmax()]})
""", [[3, 2, "a"]]),
    "windows text, tabs": ("sales", "\ufeffimport pandas as pd\r\n\r\ndef azureml_main(df):\r\n\tprint \"tabs\"\r\n        #comment\r\n\tif True:\r\n\t\tdf = df.head(1)\r\n        return df[['Units']],\r\n", [[3]]),
    "future division": ("", "from __future__ import division\nfrom __future__ import print_function\nimport pandas as pd\nimport urllib2\ndef azureml_main():\n    print('a', 'b')\n    return pd.DataFrame({'x': [1 / 2]})\n", [[0.5]]),
    "PCA": ("people", """
import pandas as pd
from sklearn.decomposition import RandomizedPCA
def azureml_main(df):
    pca = RandomizedPCA(n_components=1, random_state=0)
    scores = pca.fit_transform(df[['Fare', 'Survived']].values)
    return pd.DataFrame({'n': [scores.shape[1]], 'r': [round(pca.explained_variance_ratio_[0], 2)]})
""", [[1, 1.0]]),
    "clusters": ("people", """
import pandas as pd
from sklearn.cluster import KMeans
def azureml_main(df):
    km = KMeans(n_clusters=2, init='k-means++', n_init=3, random_state=0, n_jobs=1, precompute_distances='auto')
    labels = km.fit_predict(df[['Fare']].as_matrix())
    return pd.DataFrame({'alone': labels == labels[1]})
""", [[False], [True], [False], [False]]),
    "regression, normalized": ("sales", """
import pandas as pd
from sklearn.linear_model import LinearRegression, Ridge
def azureml_main(df):
    X = df[['Units']].as_matrix()
    lm = LinearRegression(normalize=True).fit(X, X[:, 0] * 2)
    Ridge(alpha=.5, normalize=False).fit(X, X[:, 0])
    return pd.DataFrame({'c': [round(lm.coef_[0], 6)], 'p': [round(lm.predict([10])[0], 6)]})
""", [[2.0, 20.0]]),
    "boosted, old loss": ("people", """
import pandas as pd
from sklearn.ensemble import GradientBoostingRegressor, GradientBoostingClassifier
def azureml_main(df):
    r = GradientBoostingRegressor(loss='ls', n_estimators=20, random_state=0).fit(df[['Fare']], df['Survived'])
    c = GradientBoostingClassifier(loss='deviance', random_state=0).fit(df[['Survived']], df['Survived'])
    return pd.DataFrame({'c': c.predict(df[['Survived']])})
""", [[0], [1], [1], [0]]),
    "pivot": ("sales", HEAD + MAIN + """
    table = pd.pivot_table(dataframe1, values='Units', rows=['Store'], cols=['Price'], aggfunc=np.sum, fill_value=0)
    return table.reset_index()[['Store']],
""", [["north"], ["south"]]),
    "time grouper": ("sales", HEAD + MAIN + """
    dataframe1.index = pd.to_datetime(dataframe1.Date)
    g = dataframe1.groupby(pd.TimeGrouper('M'))['Units'].sum()
    return pd.DataFrame({'n': g.values}),
""", [[7], [13]]),
    "top of each group": ("sales", HEAD + MAIN + """
    top = dataframe1.sort(['Store', 'Units'], ascending=[1, 0]).groupby('Store').first()
    return top.reset_index()[['Store', 'Units']]
""", [["north", 5], ["south", 8]]),
    "outliers": ("people", HEAD + MAIN + """
    fare = dataframe1['Fare']
    low, high = np.percentile(fare, [0, 75])
    dataframe1['Fare'] = fare.clip_upper(high).round(3)
    dataframe1['d'] = (fare - fare.mean()).abs() > fare.mad()
    return dataframe1[['Fare', 'd']]
""", [[7.25, False], [23.875, True], [7.75, False], [8.0, False]]),
    "a matrix product": ("sales", """
import numpy as np, pandas as pd
def azureml_main(df):
    m = np.mat(df[['Units', 'Price']].as_matrix())
    return pd.DataFrame(np.asscalar((m.T * m)[0, 0]) * np.ones((1, 1)), columns=['ss'])
""", [[114.0]]),
    "sql-like filters with strings": ("people", HEAD + MAIN + """
    df = dataframe1
    df['Last'] = df['Name'].str.split(',').str[0]
    df['Title'] = df['Name'].str.extract(' ([A-Za-z]+)\\.')
    df['Clean'] = df['Name'].str.replace('[^A-Za-z]', '')
    return df[df.Sex == 'male'][['Last', 'Title', 'Clean']]
""", [["Braund", "Mr", "BraundMrOwen"], ["Allen", "Mr", "AllenMrWilliam"]]),
    "write and read a file": ("sales", HEAD + MAIN + """
    dataframe1.to_csv('out.csv', ',')
    back = pd.DataFrame.from_csv('out.csv')
    return back[['Units']].irow(slice(0, 2)),
""", [[3], [4]]),
    "mixed learning curve": ("people", """
import pandas as pd, numpy as np
from sklearn.learning_curve import learning_curve
from sklearn.naive_bayes import GaussianNB
def azureml_main(df):
    X = np.vstack([df[['Fare', 'Survived']].values] * 5)
    sizes, train, test = learning_curve(GaussianNB(), X, X[:, 1].astype(int), cv=2, train_sizes=np.array([0.6, 1.0]))
    return pd.DataFrame({'n': sizes})
""", [[6], [10]]),
    "bad rows, skipped": ("", """
import pandas as pd
import StringIO
def azureml_main():
    text = "a;b\\n1;2\\n3;4;5\\n6;7\\n"
    return pd.read_csv(StringIO.StringIO(text), ';', error_bad_lines=False, warn_bad_lines=False),
""", [[1, 2], [6, 7]]),
    "global state and exec": ("", HEAD + """
counter = 0
def bump():
    global counter
    counter += 1
def azureml_main():
    bump()
    exec "y = 3" in globals()
    print "counter", counter
    return pd.DataFrame({'n': [counter + y]}),
""", [[4]]),
    "select columns, iteritems": ("sales", HEAD + MAIN + """
    out = []
    for name, col in dataframe1.iteritems():
        if col.dtype != np.object:
            out.append((name, col.ix[0]))
    return pd.DataFrame(out, columns=['name', 'first']).applymap(str),
""", [["Units", "3.0"], ["Price", "1.5"]]),
    "files in binary": ("", HEAD + """
import csv, cPickle
def azureml_main():
    with open('a.csv', 'wb') as f:
        w = csv.writer(f)
        w.writerow(['a', 'b']); w.writerow([1, u'x'])
    rows = [r for r in csv.DictReader(open('a.csv', 'rb'))]
    cPickle.dump(rows, open('p.pkl', 'w'))
    text = open('a.csv', 'rb').read().split(',')[0]
    lines = [line.strip() for line in open('a.csv', 'rU')] + file('a.csv', 'rb').readlines()
    frame = pd.read_csv(open('a.csv', 'rb'))
    return pd.DataFrame(dict(cPickle.load(open('p.pkl'))[0], t=text, n=len(lines), f=frame.b[0]), index=[0])[['a', 'b', 't', 'n', 'f']]
""", [["1", "x", "a", 4, "x"]]),
    "an order of anything": ("", HEAD + """
class Card:
    def __init__(self, rank): self.rank = rank
    def __cmp__(self, other): return cmp(self.rank, other.rank)
    def __unicode__(self): return u'card %d' % self.rank
    def __div__(self, other): return self.rank / other
def azureml_main():
    cards = [Card(7), Card(3)]; cards.sort()
    mixed = [3, 'a', None]; mixed.sort()
    mixed.sort(lambda a, b: -cmp(a, b))
    gaps = sorted(pd.Series(['b', np.nan, 'a']).unique())
    return pd.DataFrame([[unicode(cards[0]), cards[1] / 2, mixed[0], gaps[1], max(None, 3), len(np.unique(pd.Series(['b', None])))]])
""", [["card 3", 3, "a", "a", 3, 2]]),
    "stars": ("people", """
from scipy import *
from pylab import *
import pandas as pd
def azureml_main(df):
    m = mat([[1, 2]])
    return pd.DataFrame({'a': [product([2, 3])], 'b': find(array(df.Fare) > 50), 'c': m[0, 1]})
""", [[6, 1, 2]]),
    "dates of an index, by hand": ("sales", HEAD + MAIN + """
    dataframe1.to_csv('d.csv', index=False)
    parse = lambda text: pd.datetime.strptime(text, '%Y-%m-%d')
    data = pd.read_csv('d.csv', parse_dates='Date', index_col='Date', date_parser=parse)
    return pd.DataFrame({'n': [len(data['2015-02']), data.index[0].to_datetime().day]})
""", [[2], [30]]),
}  # fmt: skip
