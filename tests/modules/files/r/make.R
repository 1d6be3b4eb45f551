# The files beside this one: Rscript make.R
people <- data.frame(
  id = c(1L, NA, 3L), name = c("a", NA, "c"), size = c(1.5, NA, NaN),
  sex = factor(c("m", "f", NA), levels = c("f", "m")),
  born = as.Date(c("2000-01-31", NA, "1969-12-31")),
  seen = as.POSIXct(c("2024-05-01 10:00:00", NA, "2024-05-01 10:00:00.5"), tz = "UTC"),
  ok = c(TRUE, NA, FALSE), took = as.difftime(c(1, NA, 3), units = "hours"), stringsAsFactors = FALSE)
saveRDS(people, "people.rds")
other <- data.frame(x = 1:3); n <- 5; l <- list(a = 1)
save(people, other, n, l, file = "two.RData")
saveRDS(function(x) x + 1, "function.rds")
cars <- data.frame(x = 1:2); row.names(cars) <- c("Mazda", "Fiat"); saveRDS(cars, "rownames.rds")
saveRDS(matrix(1:6, 2, dimnames = list(NULL, c("u", "v", "w"))), "matrix.rds")
f <- function(x) x + 1; e <- new.env(); people <- data.frame(x = 1:2); m <- lm(x ~ 1, people)
save(f, e, people, m, file = "image.RData")
