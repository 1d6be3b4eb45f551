# A prompt on the node's tables, read by .studio of _run.R: what modules/r_language/_console.py asks comes as a word on
# standard input, with what belongs to it in files. An answer ends with a line that the token names.

kept <- list()
most_kept <- 50L
most_names <- 300L

converse <- function(token) {
  for (i in 1:2) {
    folder <- file.path(home, paste0("in", i))
    if (dir.exists(folder)) assign(paste0("dataset", i), read_frame(folder), globalenv())
  }
  asked <- file("stdin", "r")
  repeat {
    word <- readLines(asked, 1L)
    if (!length(word)) break
    tryCatch(switch(word, execute = execute_entry(), names = NULL, complete = complete_line(), table = show_page()),
             interrupt = function(e) tell("error", "Interrupted."),
             error = function(e) tell("error", conditionMessage(e)))
    tryCatch(tell_names(), error = function(e) NULL, interrupt = function(e) NULL)
    cat(token, "\n", sep = "")
    flush(stdout())
  }
}

tell <- function(name, text) {
  file <- file(file.path(home, name), "wb")
  on.exit(close(file))
  writeBin(charToRaw(enc2utf8(paste(text, collapse = "\n"))), file)
}

asked_for <- function() readLines(file.path(home, "asked"), encoding = "UTF-8", warn = FALSE)

execute_entry <- function() {
  code <- tryCatch(parse(file.path(home, "asked"), keep.source = FALSE, encoding = "UTF-8"), error = function(e) {
    tell("error", sub("^.*?:([0-9]+:[0-9]+:)", "line \\1", conditionMessage(e)))
    NULL
  })
  last <- length(code)
  for (i in seq_along(code)) {
    result <- tryCatch(withVisible(eval(code[[i]], globalenv())), error = function(e) {
      call <- conditionCall(e)
      ours <- is.null(call) || identical(call, quote(eval(code[[i]], globalenv())))
      tell("error", paste0("Error", if (!ours) paste0(" in ", deparse(call, nlines = 1L)[1]), ": ",
                           conditionMessage(e), advice(e)))
      NULL
    })
    if (is.null(result)) break
    if (!result$visible) next
    assign(".Last.value", result$value, globalenv())
    if (i == last && is.data.frame(result$value) && length(kept) < most_kept) {
      kept[[length(kept) + 1L]] <<- result$value
      tell("reference", length(kept))
    } else print(result$value)
  }
  close_all()
}

show_page <- function() {
  place <- as.integer(asked_for())
  frame <- kept[[place[1]]]
  rows <- utils::head(seq.int(place[2] + 1L, length.out = place[3]), max(0L, nrow(frame) - place[2]))
  part <- frame[rows, seq_len(min(ncol(frame), 100L)), drop = FALSE]
  shown <- lapply(part, function(x) ifelse(is.na(x), NA_character_, substr(format(x, trim = TRUE), 1L, 200L)))
  write_frame(data.frame(c(list(row.names(part)), shown), stringsAsFactors = FALSE), file.path(home, "page"))
  types <- vapply(part, function(x) class(x)[1], "")
  tell("columns", c(nrow(frame), ncol(frame), rbind(names(part), types)))
}

complete_line <- function() {
  line <- asked_for()[1]
  utils:::.assignLinebuffer(line)
  utils:::.assignEnd(nchar(line))
  utils:::.guessTokenFromLine()
  utils:::.completeToken()
  found <- utils:::.retrieveCompletions()
  tell("completed", c(utils:::.CompletionEnv[["token"]], utils::head(found, most_names)))
}

tell_names <- function() {
  names <- utils::head(setdiff(ls(globalenv()), c("maml.mapInputPort", "maml.mapOutputPort")), most_names)
  shown <- vapply(names, function(name) {
    x <- get(name, globalenv())
    if (!is.null(dim(x))) paste(format(dim(x), big.mark = ",", trim = TRUE), collapse = " \u00d7 ")
    else substr(trimws(paste(utils::capture.output(utils::str(x, give.attr = FALSE, max.level = 0L)), collapse = " ")),
                1L, 100L)
  }, "")
  types <- vapply(names, function(name) class(get(name, globalenv()))[1], "")
  tell("names", c(rbind(names, shown, types)))
}
