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
odd <- data.frame(id = 1:3)
odd$berlin <- as.POSIXlt(as.POSIXct(c("2024-05-01 10:00:00", NA, "2024-01-01 00:30:00.25"), tz = "Europe/Berlin"))
odd$utc <- as.POSIXlt(c("2024-05-01 10:00:00", NA, "1969-12-31 23:59:59"), tz = "UTC")
odd$york <- strptime(c("2024-05-01 10:00", NA, "2024-01-02 11:00"), "%Y-%m-%d %H:%M", tz = "America/New_York")
odd$m <- matrix(1:6, 3, dimnames = list(NULL, c("u", "v"))); odd$w <- matrix(letters[1:6], 3)
odd$inner <- data.frame(p = c("a", NA, "c"), q = c(TRUE, NA, FALSE)); odd$list <- list(1:2, "x", NULL)
odd$id2 <- 4:6; names(odd)[names(odd) == "id2"] <- "id"
saveRDS(odd, "odd.rds"); saveRDS(matrix(letters[1:6], 2), "letters.rds")
