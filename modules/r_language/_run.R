# Runs script.R between two folders of tables: see _frames.py for how a table lies in a folder.
# Base R only. Everything of ours lives in one environment, so that the script's own is empty. An R that is begun
# ahead (_warm_r.py) reads this file and goes through `rehearse`; each fork of it goes on with `begin`.

.studio <- new.env()

with(.studio, {
  home <- ""
  cores <- 1L
  token <- ""
  pages <- 0L
  drawn <- list()
  drawing <- FALSE
  most_svgs <- 20L
  most_calls <- 50L
  most_svg_bytes <- 2e6

  read_integers <- function(file, n) readBin(file, "integer", n, size = 4L)

  read_texts <- function(stem, n) {
    sizes <- read_integers(paste0(stem, ".sizes"), n)
    missing <- sizes < 0L
    file <- file(paste0(stem, ".texts"), "rb")
    on.exit(close(file))
    texts <- if (n > 0L) readChar(file, pmax(sizes, 0L), useBytes = TRUE) else character()
    texts[sizes == 0L] <- ""
    Encoding(texts) <- "UTF-8"
    texts[missing] <- NA_character_
    texts
  }

  read_column <- function(stem, kind, n) {
    words <- strsplit(kind, " ", fixed = TRUE)[[1]]
    values <- paste0(stem, ".values")
    switch(words[1],
      integer = read_integers(values, n),
      double = readBin(values, "double", n),
      logical = as.logical(read_integers(values, n)),
      character = read_texts(stem, n),
      # Without a zone it gets none: the session's is UTC, so that it looks and computes the same.
      datetime = .POSIXct(readBin(values, "double", n), tz = if (length(words) > 1L) words[2]),
      timedelta = .difftime(readBin(values, "double", n), units = "secs"),
      factor = structure(read_integers(values, n),
                         levels = read_texts(paste0(stem, ".levels"), as.integer(words[2])),
                         class = c(if (words[3] == "ordered") "ordered", "factor")))
  }

  read_frame <- function(folder) {
    kinds <- readLines(file.path(folder, "kinds"))
    rows <- as.integer(kinds[1])
    kinds <- kinds[-1]
    columns <- lapply(seq_along(kinds), function(i) read_column(file.path(folder, i), kinds[i], rows))
    names(columns) <- read_texts(file.path(folder, "names"), length(kinds))
    structure(columns, class = "data.frame", row.names = .set_row_names(rows))
  }

  write_integers <- function(values, file) writeBin(as.integer(values), file, size = 4L)

  write_texts <- function(texts, stem) {
    texts <- enc2utf8(texts)
    sizes <- nchar(texts, type = "bytes")
    sizes[is.na(texts)] <- -1L
    write_integers(sizes, paste0(stem, ".sizes"))
    joined <- paste(texts[!is.na(texts)], collapse = "")
    writeBin(charToRaw(joined), paste0(stem, ".texts"))
  }

  write_column <- function(x, stem, name) {
    values <- paste0(stem, ".values")
    if (is.factor(x)) {
      write_integers(x, values)
      write_texts(levels(x), paste0(stem, ".levels"))
      return(paste("factor", nlevels(x), if (is.ordered(x)) "ordered" else "plain"))
    }
    if (inherits(x, "Date")) x <- .POSIXct(unclass(x) * 86400)
    if (inherits(x, "POSIXlt")) x <- as.POSIXct(x)
    if (inherits(x, "POSIXct")) {
      writeBin(as.double(unclass(x)), values)
      return(trimws(paste("datetime", attr(x, "tzone")[1])))
    }
    if (inherits(x, "integer64")) {
      writeBin(as.double(unclass(x)), values)
      return("integer64")
    }
    if (inherits(x, "difftime")) {
      writeBin(as.double(x, units = "secs"), values)
      return("timedelta")
    }
    if (is.list(x) || !is.null(dim(x)) || is.raw(x)) {
      stop(sprintf("column %s is of type %s, which has no place in a table", name, class(x)[1]), call. = FALSE)
    }
    if (is.logical(x)) {
      write_integers(x, values)
      return("logical")
    }
    if (is.integer(x)) {
      write_integers(x, values)
      return("integer")
    }
    if (is.numeric(x)) {
      writeBin(as.double(x), values)
      return("double")
    }
    write_texts(as.character(x), stem)
    "character"
  }

  flat <- function(frame) {
    # A column that is itself a frame or a matrix becomes the columns it is made of.
    nested <- any(vapply(frame, function(x) !is.null(dim(x)), TRUE))
    if (nested) do.call(data.frame, c(as.list(frame), check.names = FALSE, stringsAsFactors = FALSE)) else frame
  }

  write_frame <- function(frame, folder) {
    frame <- flat(frame)
    unlink(folder, recursive = TRUE)
    dir.create(folder)
    kinds <- vapply(seq_along(frame), function(i)
      write_column(frame[[i]], file.path(folder, i), names(frame)[i]), "")
    write_texts(as.character(names(frame)), file.path(folder, "names"))
    writeLines(c(as.character(nrow(frame)), kinds), file.path(folder, "kinds"))
  }

  written <- function() dir.exists(file.path(home, "out"))

  write_result <- function(frame, name = "x") {
    if (is.atomic(frame) && is.null(dim(frame)) && !is.null(frame)) frame <- setNames(list(frame), name)
    if (!is.data.frame(frame)) frame <- as.data.frame(frame, stringsAsFactors = FALSE)
    if (is.character(attr(frame, "row.names"))) {
      message("warning: the row names (", row.names(frame)[1], ", ...) are dropped, since a table has none; ",
              "cbind(name = row.names(x), x) makes a column of them")
    }
    write_frame(frame, file.path(home, "out"))
  }

  call_main <- function() {
    # As the designer that followed the classic studio calls it: azureml_main(dataframe1, dataframe2).
    main <- get("azureml_main", envir = globalenv(), mode = "function")
    given <- eval(parse(file.path(home, "given.R"), keep.source = FALSE))
    given <- given[names(given) %in% names(formals(main))]
    others <- setdiff(names(formals(main)), names(given))
    most <- if ("..." %in% others) 2L else min(2L, length(others))
    inputs <- lapply(seq_len(most), function(i) {
      folder <- file.path(home, paste0("in", i))
      if (dir.exists(folder)) read_frame(folder)
    })
    result <- do.call(main, c(inputs, given), quote = TRUE)
    if (written() || is.null(result)) return(invisible())
    if (is.data.frame(result)) return(write_result(result))
    first <- if (!is.list(result)) result else if ("dataset1" %in% names(result)) result$dataset1 else
      if (length(result)) result[[1]]
    if (!is.null(first) && !is.data.frame(first) && !is.matrix(first)) {
      stop("azureml_main returned ", class(first)[1], ", but it must return list(dataset1 = a data.frame)",
           call. = FALSE)
    }
    if (is.list(result) && sum(!vapply(result, is.null, TRUE)) > 1L) {
      message("warning: azureml_main returned ", length(result), " values; the first has a port, the rest is dropped")
    }
    if (!is.null(first)) write_result(first)
  }

  open_page <- function(...) {
    pages <<- pages + 1L
    grDevices::png(sprintf("rplot-%02d-%%03d.png", pages), width = 800, height = 600, res = 96,
                   type = if (capabilities("cairo")) "cairo" else getOption("bitmapType"))
    if (!capabilities("cairo")) return(invisible())
    drawn[[as.character(grDevices::dev.cur())]] <<- pages
    grDevices::dev.control("enable")
  }

  # A page is drawn once more as SVG before the next one begins, and before its device closes.
  draw_svg <- function(here = grDevices::dev.cur()) {
    number <- drawn[[as.character(here)]]
    if (is.null(number) || drawing) return(invisible())
    page <- length(list.files(pattern = sprintf("^rplot-%02d-[0-9]+[.]png$", number)))
    if (page == 0L || page > most_svgs) return(invisible())
    drawing <<- TRUE
    before <- grDevices::dev.cur()
    on.exit({
      if (before %in% grDevices::dev.list()) grDevices::dev.set(before)
      drawing <<- FALSE
    })
    tryCatch({
      grDevices::dev.set(here)
      plot <- grDevices::recordPlot()
      if (is.null(plot[[1]])) return(invisible())
      file <- sprintf("rplot-%02d-%03d.svg", number, page)
      grDevices::svg(file, width = 800 / 96, height = 600 / 96)
      grDevices::replayPlot(plot)
      grDevices::dev.off()
      if (isTRUE(file.size(file) > most_svg_bytes)) unlink(file)
    }, error = function(e) message("warning: a plot cannot be drawn as SVG: ", conditionMessage(e)))
    invisible()
  }

  close_device <- function(which = grDevices::dev.cur()) {
    draw_svg(which)
    drawn[[as.character(which)]] <<- NULL
    grDevices::dev.off(which)
  }

  close_all <- function() {
    for (here in grDevices::dev.list()) draw_svg(here)
    drawn <<- list()
    grDevices::graphics.off()
    # A node may leave 100 pictures; the PNGs come first.
    svgs <- list.files(pattern = "^rplot-[0-9]+-[0-9]+[.]svg$")
    if (length(svgs) + length(list.files(pattern = "[.](png|jpe?g|gif)$", recursive = TRUE)) > 90L) unlink(svgs)
  }

  fail <- function(message, line) {
    file <- file(file.path(home, "failure"), "wb")
    writeBin(charToRaw(enc2utf8(paste(line, message, sep = "\n"))), file)
    close(file)
    close_all()
    quit(save = "no", status = 1L)
  }

  line_of <- function(calls, top) {
    # The innermost line of script.R among the calls, else that of the top-level expression.
    lines <- vapply(calls, function(call) {
      ref <- attr(call, "srcref")
      if (is.null(ref)) NA_integer_ else as.integer(ref[1])
    }, 0L)
    lines <- lines[!is.na(lines)]
    if (length(lines)) lines[length(lines)] else top
  }

  trace_of <- function(calls) {
    # The calls of script.R that led to an error, the outermost first, each with its line.
    lines <- lapply(calls, function(call) {
      ref <- attr(call, "srcref")
      if (!is.null(ref)) sprintf("  line %d: %s", as.integer(ref[1]), deparse(call, nlines = 1L)[1])
    })
    lines <- unlist(lines)
    if (length(lines) > most_calls) lines <- c(utils::head(lines, 10L), "  ...", utils::tail(lines, 30L))
    lines
  }

  advice <- function(e) {
    text <- conditionMessage(e)
    if (inherits(e, "packageNotFoundError")) {
      there <- sort(setdiff(rownames(installed.packages()), c("base", "compiler", "translations")))
      shown <- paste(utils::head(there, 40L), collapse = ", ")
      return(paste0(". Installed are ", shown, if (length(there) > 40L) ", ..."))
    }
    if (grepl("cannot open URL|internet|cannot open the connection to 'http|CRAN", text)) {
      return(". A script has no network: upload the data as a dataset, or bring files in a zip on Script Bundle")
    }
    ""
  }

  run <- function(path) {
    script <- tryCatch(parse(path, keep.source = TRUE, encoding = "UTF-8"), error = function(e) {
      text <- conditionMessage(e)
      place <- regmatches(text, regexec("^.*?:([0-9]+):[0-9]+:", text))[[1]]
      fail(text, if (length(place)) place[2] else "")
    })
    refs <- attr(script, "srcref")
    for (i in seq_along(script)) {
      top <- as.integer(refs[[i]][1])
      line <- top
      trace <- NULL
      tryCatch(
        withCallingHandlers({
          result <- withVisible(eval(script[[i]], globalenv()))
          if (result$visible) print(result$value)
          last <- i == length(script)
          if (last && !written() && exists("azureml_main", globalenv(), mode = "function")) call_main()
        },
        warning = function(w) {
          # At top level R names no call; here it would name this loop.
          if (getOption("warn") == 1L && identical(conditionCall(w), quote(eval(script[[i]], globalenv())))) {
            message("Warning: ", conditionMessage(w))
            invokeRestart("muffleWarning")
          }
        },
        error = function(e) {
          line <<- line_of(sys.calls(), top)
          trace <<- trace_of(sys.calls())
        }),
        error = function(e) {
          text <- paste0(conditionMessage(e), advice(e))
          call <- conditionCall(e)
          ours <- is.null(call) || identical(call, quote(eval(script[[i]], globalenv())))
          where <- if (ours) "" else paste0(" (in ", deparse(call, nlines = 1L)[1], ")")
          message("Error on line ", line, where, ": ", text)
          if (length(trace)) message("Calls, the last one last:\n", paste(trace, collapse = "\n"))
          fail(text, line)
        })
    }
  }
})

maml.mapInputPort <- function(port) {
  folder <- file.path(.studio$home, paste0("in", port))
  if (!dir.exists(folder)) stop(sprintf("no table is connected to Dataset%s", port), call. = FALSE)
  .studio$read_frame(folder)
}

maml.mapOutputPort <- function(variable) {
  if (!is.character(variable) || length(variable) != 1L) {
    stop("maml.mapOutputPort takes the name of a variable, in quotes", call. = FALSE)
  }
  frame <- get(variable, envir = parent.frame())
  .studio$write_result(frame, variable)
  invisible(frame)
}

options(device = .studio$open_page, warn = 1L)
# parallel counts lines of /proc/cpuinfo, which a confined process has not.
setHook(packageEvent("parallel", "onLoad"), function(...) {
  space <- asNamespace("parallel")
  unlockBinding("detectCores", space)
  assign("detectCores", function(all.tests = FALSE, logical = TRUE) .studio$cores, space)
  lockBinding("detectCores", space)
})
setHook("before.plot.new", function(...) .studio$draw_svg())
setHook("before.grid.newpage", function(...) .studio$draw_svg())
attach(list(dev.off = .studio$close_device, graphics.off = .studio$close_all), name = "studio", warn.conflicts = FALSE)

with(.studio, {
  begin <- function() {
    home <<- Sys.getenv("STUDIO_R_HOME")
    cores <<- as.integer(Sys.getenv("STUDIO_R_CORES"))
    token <<- Sys.getenv("STUDIO_R_CONSOLE")
    seed <- Sys.getenv("STUDIO_R_SEED")
    source <- Sys.getenv("STUDIO_R_CONSOLE_SOURCE")
    Sys.unsetenv(c("STUDIO_R_SEED", "STUDIO_R_HOME", "STUDIO_R_CORES", "STUDIO_R_CONSOLE", "STUDIO_R_CONSOLE_SOURCE"))
    if (nzchar(seed)) set.seed(as.integer(seed))
    if (nzchar(token)) {
      sys.source(source, .studio)
      converse(token)
    } else run("script.R")
    close_all()
  }

  # What most scripts do, done once: R reads and compiles a function when it is first called. Nothing is left.
  rehearse <- function() {
    for (name in ls(.studio)) {
      if (is.function(.studio[[name]])) assign(name, compiler::cmpfun(.studio[[name]]), .studio)
    }
    home <<- tempfile()
    dir.create(home)
    frame <- data.frame(a = c(1.5, NA), b = 1:2, c = c("x", NA), d = factor(c("u", "v")), e = c(TRUE, NA),
                        f = .POSIXct(c(0, NA), "UTC"))
    for (i in 1:3) {
      write_result(frame)
      frame <- read_frame(file.path(home, "out"))
      frame$a <- frame[["a"]] * 2
      frame <- frame[frame$b > 0L, , drop = FALSE]
      utils::capture.output(print(frame), print(summary(frame)), utils::str(frame))
    }
    file <- file.path(home, "script.R")
    writeLines("invisible(1)", file)
    run(file)
    unlink(home, recursive = TRUE)
    home <<- ""
  }
})

if (!nzchar(Sys.getenv("STUDIO_R_AHEAD"))) .studio$begin()
