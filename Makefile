.PHONY: help up build bridge test eval test-ui screenshots openapi schema settings version lighthouse test-chart fmt lint migrate check-database import-predecessor rotate-keys clean reset chart image push minikube status logs port-forward upgrade drill rollback uninstall test-cluster

help: ## Show the verbs
	@sed -n 's/^\([a-z-]*\):.*## /make \1 /p' Makefile | while read -r make verb text; do printf '  %s %-13s %s\n' $$make $$verb "$$text"; done

up: ## Set everything up and serve the app on http://localhost:3000 (PORT=…, RUNTIME=host|spin)
	@scripts/up.sh

build: ## Build the front-end, the Wasm components and the host
	@scripts/build.sh

bridge: ## Build target/release/todo-mcp, the MCP server for programs that only speak stdio
	cargo build --release --locked -p todo-mcp

test: ## Run every check: format, lints, unit and end-to-end tests, the browser suite
	@scripts/test.sh

test-ui: ## Test the front-end: types, lints, unit tests, and the browser suites in both themes and on a phone
	@scripts/test.sh ui build browser

screenshots: ## Write every page and state as a picture into tests/artifacts/pages
	@scripts/test.sh build screenshots

lighthouse: ## Measure the served pages with Lighthouse
	@scripts/test.sh build lighthouse

test-chart: ## Test the chart, the image and the cluster's set-up, without a cluster
	@scripts/test.sh chart

eval: ## Measure how well the assistant understands (offline, or Gemini with GEMINI_API_KEY); needs `make test`'s tools
	@scripts/test.sh evaluation

openapi: ## Write the OpenAPI document, and the front-end's types of it; needs `make test`'s tools
	cargo run --quiet --bin openapi >ui/public/api/openapi.json
	npm --prefix tests run --silent openapi

schema: ## Write migrations/schema.sql, the schema that the migrations make
	@WRITE_SCHEMA=yes scripts/test.sh sql

settings: ## Write .env.example and the table of settings from scripts/settings.toml
	@python3 scripts/settings.py

version: ## Set the version of the next release everywhere (VERSION=0.3.0)
	@scripts/version.sh $(VERSION)

fmt: ## Format the sources
	cargo fmt --all

lint: ## Run the checks that run no test
	@scripts/test.sh lockfile format scripts clippy clippy_wasm

migrate: ## Apply the migrations
	@scripts/migrate.sh

check-database: ## Print what a start will do with the database, without changing it
	@scripts/check-database.sh

import-predecessor: ## Copy what was added to the tables of the service that you used before
	@scripts/import-predecessor.sh

rotate-keys: ## Make the next key that signs access tokens
	@scripts/rotate-keys.sh

clean: ## Remove what was built; the database stays
	rm -rf target ui/dist ui/node_modules tests/node_modules

reset: ## Drop the private database and the key-value store (asks first; CONFIRM=yes answers)
	@scripts/reset.sh

chart: ## Write what the chart says of spin.toml, and its README
	@scripts/chart.sh

image: ## Build the container image, its SBOM and licences in target/image (TOOL=docker|podman|buildah|nerdctl)
	@scripts/image.sh

push: ## Push the app as an OCI artifact (IMAGE=registry/name[:tag]; needs spin)
	@scripts/push.sh

minikube: ## Everything on Minikube, in one go (START=yes starts it); minikube-STEP runs one step
	@scripts/minikube.sh all

minikube-%:
	@scripts/minikube.sh $*

status: ## What runs on Minikube
	@scripts/minikube.sh status

logs: ## Logs of the pods (PART=backend, FOLLOW=yes)
	@scripts/minikube.sh logs

port-forward: ## A part at http://localhost:8080 (PART=frontend, PORT=8080)
	@scripts/minikube.sh port-forward

upgrade: ## Build, load and roll out what changed
	@scripts/minikube.sh upgrade

drill: ## Failure drills under load on Minikube (DRILLS="pods rollout"; default: all); changes the release
	@scripts/minikube.sh drill

rollback: ## Back to the release before (REVISION=…)
	@scripts/minikube.sh rollback

uninstall: ## Remove the release; Secrets and data stay
	@scripts/minikube.sh uninstall

test-cluster: ## Apply the chart to a real API server (optional; Go builds one first, once, in about ten minutes)
	@scripts/cluster-test.sh
