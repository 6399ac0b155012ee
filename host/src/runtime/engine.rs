//! The WebAssembly engine: one for each cache folder in a process, shared by all apps. Compiled components are cached in
//! memory and on disk.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use wasmtime::component::{Component, HasSelf, Linker};
use wasmtime::{Cache, CacheConfig, Config, Enabled, InstanceAllocationStrategy, PoolingAllocationConfig};
use wasmtime_wasi::cli::{WasiCli, WasiCliView};
use wasmtime_wasi::p2::bindings::{cli, random};
use wasmtime_wasi::random::{WasiRandom, WasiRandomView};

use crate::runtime::bindings::Guest as GuestWorld;
use crate::runtime::guest::GuestState;

/// How often a running component yields its thread to others.
const TICK: Duration = Duration::from_millis(10);
/// How many component instances fit in the pool, of all apps of the process.
const INSTANCES: u32 = 1000;
/// Bytes of each memory and table that stay mapped between two requests.
const KEEP_RESIDENT: usize = 1 << 20;

/// An engine and the components that it compiled, by length and hash.
pub(crate) struct WasmEngine {
    pub(crate) inner: wasmtime::Engine,
    pub(crate) linker: Linker<GuestState>,
    compiled: Mutex<HashMap<(usize, u64), Component>>,
}

impl WasmEngine {
    /// The engine of a cache folder, made at first use.
    pub(crate) fn shared(cache: &Path) -> Result<Arc<Self>> {
        static ENGINES: Mutex<BTreeMap<PathBuf, Arc<WasmEngine>>> = Mutex::new(BTreeMap::new());
        std::fs::create_dir_all(cache).with_context(|| format!("cannot make the folder {}", cache.display()))?;
        let cache = cache.canonicalize().with_context(|| format!("cannot use the folder {}", cache.display()))?;
        let mut engines = ENGINES.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = engines.get(&cache) {
            return Ok(engine.clone());
        }
        let engine = Arc::new(Self::new(&cache)?);
        engines.insert(cache, engine.clone());
        Ok(engine)
    }

    fn new(cache: &Path) -> Result<Self> {
        let mut config = Config::new();
        let mut cache_config = CacheConfig::new();
        cache_config.with_directory(cache);
        config.cache(Some(Cache::new(cache_config)?));
        config.epoch_interruption(true);
        config.wasm_component_model_async(true);
        config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool()));
        let inner = match wasmtime::Engine::new(&config) {
            Ok(engine) => engine,
            // The pool needs much address space, which may be limited (ulimit -v). Without it instances start slower.
            Err(_) => wasmtime::Engine::new(config.allocation_strategy(InstanceAllocationStrategy::OnDemand))?,
        };
        start_ticking(&inner)?;
        let linker = linker(&inner)?;
        Ok(Self { inner, linker, compiled: Mutex::default() })
    }

    /// Compiles a component, unless it is compiled already.
    pub(crate) fn compile(&self, bytes: &[u8]) -> Result<Component> {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let key = (bytes.len(), hasher.finish());
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(component) = compiled.get(&key) {
            return Ok(component.clone());
        }
        let component = Component::from_binary(&self.inner, bytes)?;
        compiled.insert(key, component.clone());
        Ok(component)
    }
}

fn pool() -> PoolingAllocationConfig {
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(INSTANCES)
        .total_core_instances(INSTANCES * 10)
        .total_memories(INSTANCES * 2)
        .total_tables(INSTANCES * 4)
        .total_stacks(INSTANCES)
        .max_component_instance_size(4 << 20)
        .max_core_instance_size(4 << 20)
        .table_elements(100_000)
        // Memory is wiped between two requests without returning the pages to the system.
        .linear_memory_keep_resident(KEEP_RESIDENT)
        .table_keep_resident(KEEP_RESIDENT)
        .pagemap_scan(Enabled::Auto);
    pool
}

/// Raises the epoch until the engine is dropped.
fn start_ticking(engine: &wasmtime::Engine) -> Result<()> {
    let engine = engine.weak();
    std::thread::Builder::new().name("epoch".to_owned()).spawn(move || {
        while let Some(engine) = engine.upgrade() {
            engine.increment_epoch();
            drop(engine);
            std::thread::sleep(TICK);
        }
    })?;
    Ok(())
}

/// What components may import: of WASI what a program has without files and sockets, which no component of the app uses. They are a third of
/// what the compiler makes of this crate.
fn linker(engine: &wasmtime::Engine) -> Result<Linker<GuestState>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi_http::p2::add_to_linker_async(&mut linker)?;
    random::insecure::add_to_linker::<_, WasiRandom>(&mut linker, GuestState::random)?;
    random::insecure_seed::add_to_linker::<_, WasiRandom>(&mut linker, GuestState::random)?;
    cli::exit::add_to_linker::<_, WasiCli>(&mut linker, GuestState::cli)?;
    cli::environment::add_to_linker::<_, WasiCli>(&mut linker, GuestState::cli)?;
    cli::terminal_input::add_to_linker::<_, WasiCli>(&mut linker, GuestState::cli)?;
    cli::terminal_output::add_to_linker::<_, WasiCli>(&mut linker, GuestState::cli)?;
    cli::terminal_stdin::add_to_linker::<_, WasiCli>(&mut linker, GuestState::cli)?;
    cli::terminal_stdout::add_to_linker::<_, WasiCli>(&mut linker, GuestState::cli)?;
    cli::terminal_stderr::add_to_linker::<_, WasiCli>(&mut linker, GuestState::cli)?;
    wasmtime_wasi::p3::cli::add_to_linker(&mut linker)?;
    wasmtime_wasi::p3::clocks::add_to_linker(&mut linker)?;
    wasmtime_wasi::p3::random::add_to_linker(&mut linker)?;
    wasmtime_wasi_http::p3::add_to_linker(&mut linker)?;
    GuestWorld::add_to_linker::<_, HasSelf<_>>(&mut linker, |guest| guest)?;
    Ok(linker)
}
