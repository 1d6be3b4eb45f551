"""`pandas.ols` of pandas 0.8–0.19: least squares of a series on one or more."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from modules.classic import notes

INTERCEPT = "intercept"


def ols(y: Any = None, x: Any = None, intercept: bool = True, **more: Any) -> OLS:
    """Rows with a gap are left out; `x` is a series, a frame or a dict of series. AttributeError for moving
    windows, panels and weights."""
    if given := sorted(name for name, value in more.items() if value is not None and value is not False):
        raise AttributeError(
            f"pandas.ols with {', '.join(given)} is gone: statsmodels has RollingOLS, PanelOLS and WLS."
        )
    notes.replaced("pandas.ols", "least squares of our own did it")
    return OLS(y, x, intercept)


class OLS:
    """`beta`, `std_err`, `t_stat`, `p_value`: by the name of the regressor, the intercept last."""

    def __init__(self, y: pd.Series, x: Any, intercept: bool) -> None:
        given = x.rename("x").to_frame() if isinstance(x, pd.Series) else pd.DataFrame(x)
        self.x_full = given.assign(**{INTERCEPT: 1.0}) if intercept else given
        both = pd.concat([y.rename("__y__"), self.x_full], axis=1).astype(float).dropna()
        self.y, self.x = both.pop("__y__"), both
        self.nobs, self._intercept = len(both), intercept
        self.df_model = len(self.x.columns)
        self.df_resid = self.nobs - self.df_model
        if self.df_resid <= 0:
            raise ValueError(f"{self.nobs} rows without gaps are too few for {self.df_model} coefficients")
        inverse = np.linalg.pinv(self.x.values.T @ self.x.values)
        self.beta = pd.Series(inverse @ self.x.values.T @ self.y.values, self.x.columns)
        self.resid = self.y - self.y_fitted
        self.var_beta = inverse * float(self.resid @ self.resid) / self.df_resid

    @property
    def y_fitted(self) -> pd.Series:
        return pd.Series(self.x.values @ self.beta.values, self.x.index)

    @property
    def y_predict(self) -> pd.Series:
        return self.y_fitted

    @property
    def std_err(self) -> pd.Series:
        return pd.Series(np.sqrt(np.diag(self.var_beta)), self.x.columns)

    @property
    def t_stat(self) -> pd.Series:
        return self.beta / self.std_err

    @property
    def p_value(self) -> pd.Series:
        return pd.Series(2 * stats.t.sf(np.abs(self.t_stat), self.df_resid), self.x.columns)

    @property
    def rmse(self) -> float:
        return float(np.sqrt(self.resid @ self.resid / self.df_resid))

    @property
    def r2(self) -> float:
        off = self.y - self.y.mean() if self._intercept else self.y
        return float(1 - (self.resid @ self.resid) / (off @ off))

    @property
    def r2_adj(self) -> float:
        return 1 - (1 - self.r2) * (self.nobs - self._intercept) / self.df_resid

    @property
    def f_stat(self) -> dict[str, float]:
        free = self.df_model - self._intercept
        value = self.r2 / max(free, 1) / ((1 - self.r2) / self.df_resid)
        return {"f-stat": value, "DF X": free, "DF Resid": self.df_resid,
                "p-value": float(stats.f.sf(value, max(free, 1), self.df_resid))}  # fmt: skip

    def predict(self, beta: Any = None, x: Any = None) -> pd.Series:
        rows = (
            self.x
            if x is None
            else (x.rename("x").to_frame() if isinstance(x, pd.Series) else pd.DataFrame(x))
        )
        rows = rows.assign(**{INTERCEPT: 1.0}) if self._intercept else rows
        used = self.beta if beta is None else beta
        return pd.Series(rows[used.index].values @ used.values, rows.index)

    @property
    def summary_as_matrix(self) -> pd.DataFrame:
        told = {"beta": self.beta, "p-value": self.p_value, "std err": self.std_err, "t-stat": self.t_stat}
        return pd.DataFrame(told).T

    @property
    def summary(self) -> str:
        head = [
            f"Number of Observations:         {self.nobs}",
            f"Number of Degrees of Freedom:   {self.df_model}",
            f"R-squared:     {self.r2:10.4f}",
            f"Adj R-squared: {self.r2_adj:10.4f}",
            f"Rmse:          {self.rmse:10.4f}",
        ]
        return "\n".join([*head, "", self.summary_as_matrix.T.to_string()])

    def __repr__(self) -> str:
        return self.summary
