# The same comparison in R: one box plot of alcohol by cultivar.
data.set <- maml.mapInputPort(1)
boxplot(alcohol ~ cultivar, data = data.set, col = "lightsteelblue",
        main = "Alcohol by cultivar", xlab = "", ylab = "alcohol")
result <- aggregate(alcohol ~ cultivar, data = data.set, FUN = mean)
print(result)
maml.mapOutputPort("result")
