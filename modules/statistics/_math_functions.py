"""The functions of Apply Math Operation on arrays of floats: `one(x)` of a column, `two(x, y)` of a column
and its second argument. NaN is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

One = Callable[[np.ndarray], np.ndarray]
Two = Callable[[np.ndarray, np.ndarray], np.ndarray]


def _special(name: str) -> Callable[..., np.ndarray]:
    """A function of SciPy's, which takes its time to import."""

    def call(*arguments: np.ndarray) -> np.ndarray:
        from scipy import special

        made: np.ndarray = getattr(special, name)(*arguments)
        return made

    return call


def _whole(x: np.ndarray) -> np.ndarray:
    """The values that are whole and not negative; NaN in place of others."""
    return np.where((x >= 0) & (x == np.floor(x)), x, np.nan)


def _double_factorial(x: np.ndarray) -> np.ndarray:
    n = _whole(x)
    half = n / 2
    even = np.exp2(half) * _special("gamma")(half + 1)
    odd = np.exp2(half + 0.5) * _special("gamma")(half + 1) / np.sqrt(np.pi)
    made = np.where(n % 2 == 0, even, odd)
    return np.where(n < 28, np.rint(made), made)  # a float holds each of these


def _nth_root(x: np.ndarray, n: np.ndarray) -> np.ndarray:
    """The real root: of a negative number where n is odd."""
    with np.errstate(all="ignore"):
        size = np.where(n == 3, np.cbrt(np.abs(x)), np.abs(x) ** (1 / n))
    return np.where(x >= 0, size, np.where(n % 2 == 1, -size, np.nan))


def _ein(x: np.ndarray) -> np.ndarray:
    """The whole exponential integral, of (1 - exp(-t)) / t from 0 to x."""
    above = _special("exp1")(x) + np.log(x) + np.euler_gamma
    below = -_special("expi")(-x) + np.log(-x) + np.euler_gamma
    small = x - x**2 / 4 + x**3 / 18  # the others lose digits near 0
    return np.where(np.abs(x) < 1e-4, small, np.where(x > 0, above, below))


def _degrees(inverse: One) -> One:
    return lambda x: np.degrees(inverse(x))


def _of_degrees(function: One) -> One:
    return lambda x: function(np.radians(x))


def _power_of_two(x: np.ndarray) -> np.ndarray:
    return np.where(x > 0, np.exp2(np.ceil(np.log2(np.where(x > 0, x, 1)))), np.nan)


def _at(rounds: One) -> Two:
    """Rounds at so many digits behind the point; before it, if they are negative."""

    def rounded(x: np.ndarray, digits: np.ndarray) -> np.ndarray:
        unit = 10.0 ** np.abs(np.trunc(digits))
        return np.where(digits >= 0, rounds(x * unit) / unit, rounds(x / unit) * unit)

    return rounded


def _up(x: np.ndarray) -> np.ndarray:
    return np.copysign(np.ceil(np.abs(x)), x)


def _half_up(x: np.ndarray) -> np.ndarray:
    return np.copysign(np.floor(np.abs(x) + 0.5), x)


def _odd(x: np.ndarray) -> np.ndarray:
    return 2 * np.floor(x / 2) + 1


def _inverse(function: One) -> One:
    return lambda x: 1 / function(x)


def _of_inverse(function: One) -> One:
    return lambda x: function(1 / x)


def _acot(x: np.ndarray) -> np.ndarray:
    return np.pi / 2 - np.arctan(x)


BASIC: Mapping[str, One] = {
    "Abs": np.abs,
    "Conj": lambda x: x,
    "CubeRoot": np.cbrt,
    "DoubleFactorial": _double_factorial,
    "Eps": lambda x: np.spacing(np.abs(x)),
    "Exp": np.exp,
    "ExpMinus1": np.expm1,
    "Factorial": lambda x: _special("gamma")(_whole(x) + 1),
    "ImaginaryPart": lambda x: np.where(np.isnan(x), x, 0.0),
    "Ln": np.log,
    "LnPlus1": np.log1p,
    "Log10": np.log10,
    "Log2": np.log2,
    "RealPart": lambda x: x,
    "Sqrt": np.sqrt,
    "SqrtPi": lambda x: np.sqrt(np.pi * x),
    "Square": np.square,
}
BASIC_OF_TWO: Mapping[str, Two] = {
    "Atan2": np.arctan2,
    "Exp2": lambda x, t: x * np.exp2(t),
    "Hypotenuse": np.hypot,
    "Log": lambda x, base: np.log(x) / np.log(base),
    "NthRoot": _nth_root,
    "Pow": np.power,
}
ROUNDING: Mapping[str, One] = {
    "Ceiling": np.ceil,
    "CeilingPower2": _power_of_two,
    "ToEven": lambda x: 2 * np.rint(x / 2),
    "ToOdd": _odd,
}
ROUNDING_OF_TWO: Mapping[str, Two] = {
    "Floor": _at(np.floor),
    "Mod": lambda x, y: x - y * np.floor(x / y),
    "Quotient": lambda x, y: np.trunc(x / y),
    "Remainder": np.fmod,
    "RoundDigits": _at(_half_up),
    "RoundDown": _at(np.trunc),
    "RoundUp": _at(_up),
    "ToMultiple": lambda x, y: y * _half_up(x / y),
    "Truncate": _at(np.trunc),
}
SPECIAL: Mapping[str, One] = {
    "EllipticIntegralE": _special("ellipe"),
    "EllipticIntegralK": _special("ellipk"),
    "Erf": _special("erf"),
    "Erfc": _special("erfc"),
    "ErfcScaled": _special("erfcx"),
    "ErfInverse": _special("erfinv"),
    "ExponentialIntegralEin": _ein,
    "Gamma": _special("gamma"),
    "GammaLn": _special("gammaln"),
}
SPECIAL_OF_TWO: Mapping[str, Two] = {
    "Beta": _special("beta"),
    "BetaLn": _special("betaln"),
    "GammaRegularizedP": _special("gammainc"),
    "GammaRegularizedPInverse": _special("gammaincinv"),
    "GammaRegularizedQ": _special("gammaincc"),
    "GammaRegularizedQInverse": _special("gammainccinv"),
    "Polygamma": lambda x, n: _special("polygamma")(_whole(n), x),
}
TRIGONOMETRIC: Mapping[str, One] = {
    "Acos": np.arccos,
    "AcosDegrees": _degrees(np.arccos),
    "Acosh": np.arccosh,
    "Acot": _acot,
    "AcotDegrees": _degrees(_acot),
    "Acoth": _of_inverse(np.arctanh),
    "Acsc": _of_inverse(np.arcsin),
    "AcscDegrees": _degrees(_of_inverse(np.arcsin)),
    "Acsch": _of_inverse(np.arcsinh),
    "Arg": lambda x: np.where(x < 0, np.pi, np.where(np.isnan(x), x, 0.0)),
    "Asec": _of_inverse(np.arccos),
    "AsecDegrees": _degrees(_of_inverse(np.arccos)),
    "Asech": _of_inverse(np.arccosh),
    "Asin": np.arcsin,
    "AsinDegrees": _degrees(np.arcsin),
    "Asinh": np.arcsinh,
    "Atan": np.arctan,
    "AtanDegrees": _degrees(np.arctan),
    "Atanh": np.arctanh,
    "Cos": np.cos,
    "CosDegrees": _of_degrees(np.cos),
    "Cosh": np.cosh,
    "Cot": _inverse(np.tan),
    "CotDegrees": _of_degrees(_inverse(np.tan)),
    "Coth": _inverse(np.tanh),
    "Csc": _inverse(np.sin),
    "CscDegrees": _of_degrees(_inverse(np.sin)),
    "Csch": _inverse(np.sinh),
    "DegreesToRadians": np.radians,
    "RadiansToDegrees": np.degrees,
    "Sec": _inverse(np.cos),
    "SecDegrees": _of_degrees(_inverse(np.cos)),
    "Sech": _inverse(np.cosh),
    "Sign": np.sign,
    "Sin": np.sin,
    "SinDegrees": _of_degrees(np.sin),
    "Sinc": lambda x: np.sinc(x / np.pi),
    "Sinh": np.sinh,
    "Tan": np.tan,
    "TanDegrees": _of_degrees(np.tan),
    "Tanh": np.tanh,
}
COMPLEX: Mapping[str, Mapping[str, One]] = {"Cis": {"Real": np.cos, "Imaginary": np.sin}}
"""Functions that give two numbers: cos x + i sin x."""
OF_ONE: Mapping[str, One] = {**BASIC, **ROUNDING, **SPECIAL, **TRIGONOMETRIC}
OF_TWO: Mapping[str, Two] = {**BASIC_OF_TWO, **ROUNDING_OF_TWO, **SPECIAL_OF_TWO}
NOT_ZERO = {"Mod", "Quotient", "Remainder", "ToMultiple", "NthRoot"}
"""What has no result for a second argument of 0."""


def refusal(function: str, argument: float) -> str | None:
    """Why a constant is no second argument of the function; None if it is one."""
    if function in NOT_ZERO and argument == 0:
        return f"{function} by 0 has no result. Give another constant."
    if function == "Log" and (argument <= 0 or argument == 1):
        return f"A logarithm needs a base above 0 other than 1; it is {argument:g}. Give another constant."
    return None
