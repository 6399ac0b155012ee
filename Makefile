.PHONY: help up build test test-chart fmt lint migrate clean reset chart image push minikube status: ## What runs on Minikube
	@scripts/minikube.sh status

logs: ## Logs of the pods (PART=backend, FOLLOW=yes)
	@scripts/minikube.sh logs

port-forward: ## A part at http://localhost:8080 (PART=frontend, PORT=8080)
	@scripts/minikube.sh port-forward

upgrade: ## Build, load and roll out what changed
	@scripts/minikube.sh upgrade

rollback: ## Back to the release before (REVISION=…)
	@scripts/minikube.sh rollback

uninstall: ## Remove the release; Secrets and data stay
	@scripts/minikube.sh uninstall
