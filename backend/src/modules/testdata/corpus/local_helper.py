import shap
X = 1
