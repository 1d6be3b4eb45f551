# A logistic regression of R's own, trained on the first table and asked about the second.
train <- maml.mapInputPort(1)
test <- maml.mapInputPort(2)
names(train) <- make.names(names(train))
asked <- test
names(asked) <- make.names(names(asked))

train$malignant <- train$diagnosis == "malignant"
model <- glm(malignant ~ mean.texture + mean.smoothness + mean.concavity, data = train, family = binomial)
print(summary(model))

share <- predict(model, asked, type = "response")
test[["Scored Labels"]] <- ifelse(share > 0.5, "malignant", "benign")
test[["Scored Probabilities"]] <- as.numeric(share)
maml.mapOutputPort("test")
