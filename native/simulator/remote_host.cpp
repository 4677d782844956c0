// The host within the Frame Server's process.
#include <mferror.h>

#include <atomic>
#include <utility>

#include "choices.h"
#include "environment.h"
#include "guard.h"
#include "host.h"
#include "owned_handle.h"
#include "remote_session.h"

namespace mfvcam::simulator {
namespace {

constexpr const wchar_t* kServerVariable = L"MFVCAM_SIMULATOR_SERVER";
constexpr UINT kKilled = ERROR_PROCESS_ABORTED;  // its exit code

using SessionPointer = std::shared_ptr<RemoteSession>;

// What the Frame Server has for us, until this is destroyed.
class RemoteObject {
 public:
    RemoteObject(SessionPointer session, ObjectId id) noexcept
        : session_(std::move(session)), id_(id) {}
    ~RemoteObject() { release(); }
    RemoteObject(const RemoteObject&) = delete;
    RemoteObject& operator=(const RemoteObject&) = delete;

    // Once.
    void release() noexcept {
        if (!released_.exchange(true)) {
            session_->tell(Call::kRelease, id_);
        }
    }

    [[nodiscard]] const SessionPointer& session() const noexcept { return session_; }
    [[nodiscard]] ObjectId id() const noexcept { return id_; }

    template <class... Arguments>
    HRESULT tell(Call what, const Arguments&... arguments) noexcept {
        return session_->tell(what, id_, arguments...);
    }
    template <class... Arguments>
    HRESULT call(Call what, Bytes& results, const Arguments&... arguments) noexcept {
        return session_->call(what, results, id_, arguments...);
    }

 private:
    const SessionPointer session_;
    const ObjectId id_;
    std::atomic<bool> released_{false};
};

class RemoteConsumer final : public Consumer {
 public:
    RemoteConsumer(SessionPointer session, ObjectId id, ObjectId listener) noexcept
        : object_(std::move(session), id), listener_(listener) {}
    ~RemoteConsumer() override { close(); }
    RemoteConsumer(const RemoteConsumer&) = delete;
    RemoteConsumer& operator=(const RemoteConsumer&) = delete;

    HRESULT start(const std::vector<Selection>& selections) noexcept override {
        return object_.tell(Call::kConsumerStart, selections);
    }
    HRESULT stop() noexcept override { return object_.tell(Call::kConsumerStop); }
    HRESULT request_sample(DWORD stream) noexcept override {
        return object_.tell(Call::kRequestSample, stream);
    }
    void close() noexcept override {
        object_.session()->listeners().remove(listener_);
        object_.tell(Call::kCloseConsumer);
    }

 private:
    RemoteObject object_;
    const ObjectId listener_;
};

class RemoteSource final : public HostedSource {
 public:
    RemoteSource(SessionPointer session, ObjectId id) noexcept : object_(std::move(session), id) {}

    [[nodiscard]] ObjectId id() const noexcept { return object_.id(); }

    HRESULT ks_property(Bytes& property, void* data, ULONG data_length,
                        ULONG* bytes_returned) noexcept override {
        if (data_length > choices::kMostPropertyData) {
            return choices::kTooMuchPropertyData;
        }
        return guarded([&] {
            const bool has_data = data != nullptr;
            Bytes contents(data_length);
            if (has_data && data_length != 0) {
                std::memcpy(contents.data(), data, data_length);
            }
            Bytes reply;
            const HRESULT hr = object_.call(Call::kKsProperty, reply, property, has_data, contents);
            if (reply.empty()) {
                return hr;
            }
            Reader results(reply);
            results.get(property);
            *bytes_returned = results.get<ULONG>();
            results.get(contents);
            if (has_data && !contents.empty()) {
                std::memcpy(data, contents.data(),
                            std::min<std::size_t>(contents.size(), data_length));
            }
            return hr;
        });
    }

    HRESULT enable(const KSEVENT& event, const KSEVENTDATA& notification,
                   std::uint64_t& registration) noexcept override {
        return guarded([&] {
            Bytes reply;
            const HRESULT hr = object_.call(Call::kEnable, reply, event, notification);
            if (SUCCEEDED(hr)) {
                registration = Reader(reply).get<std::uint64_t>();
            }
            return hr;
        });
    }
    HRESULT disable(std::uint64_t registration) noexcept override {
        return object_.tell(Call::kDisable, registration);
    }
    void forget(std::uint64_t registration) noexcept override {
        object_.tell(Call::kForget, registration);
    }

    HRESULT open_consumer(const std::shared_ptr<ConsumerListener>& listener,
                          SourceData& description,
                          std::shared_ptr<Consumer>& consumer) noexcept override {
        return guarded([&] {
            RemoteListeners& listeners = object_.session()->listeners();
            const ObjectId told = listeners.add(listener);
            Bytes reply;
            const HRESULT hr = object_.call(Call::kOpenConsumer, reply, told);
            if (FAILED(hr)) {
                listeners.remove(told);
                return hr;
            }
            Reader results(reply);
            consumer =
                std::make_shared<RemoteConsumer>(object_.session(), results.get<ObjectId>(), told);
            results.get(description);
            return hr;
        });
    }

 private:
    RemoteObject object_;
};

class RemoteHold final : public CameraHold {
 public:
    RemoteHold(SessionPointer session, ObjectId id, ObjectId listener) noexcept
        : object_(std::move(session), id), listener_(listener) {}
    ~RemoteHold() override { RemoteHold::close(); }
    RemoteHold(const RemoteHold&) = delete;
    RemoteHold& operator=(const RemoteHold&) = delete;

    void close() noexcept override {
        object_.session()->listeners().remove(listener_);
        object_.release();
    }

    HRESULT state(CameraState& state) noexcept override {
        return guarded([&] {
            Bytes reply;
            const HRESULT hr = object_.call(Call::kHoldState, reply);
            if (FAILED(hr)) {
                return hr;
            }
            Reader results(reply);
            state.exists = results.get_flag();
            const bool removed = results.get_flag();
            // Whoever sees it removed lets go of it, and would not be told of it.
            state.removed = removed && !object_.session()->listeners().camera(listener_);
            state.monitor_process = results.get<DWORD>();
            state.source = source(results.get<ObjectId>());
            return hr;
        });
    }
    HRESULT start(const Bytes& attributes) noexcept override {
        const HRESULT hr = object_.tell(Call::kStart, attributes);
        if (hr == S_FALSE) {
            object_.session()->listeners().wait_until_removed(listener_);
        }
        return hr;
    }
    HRESULT stop() noexcept override { return object_.tell(Call::kStop); }
    HRESULT remove() noexcept override { return object_.tell(Call::kRemove); }
    HRESULT invalidate() noexcept override { return object_.tell(Call::kInvalidate); }

 private:
    std::shared_ptr<RemoteSource> source(ObjectId id) {
        std::shared_ptr<RemoteSource> before;  // released outside the lock
        const LockGuard guard(lock_);
        // A later source has a greater id, and another thread may have heard of it first.
        const ObjectId known = source_ ? source_->id() : 0;
        if (id > known || id == 0) {
            before = std::exchange(
                source_, id != 0 ? std::make_shared<RemoteSource>(object_.session(), id) : nullptr);
        }
        return source_;
    }

    RemoteObject object_;
    const ObjectId listener_;
    Lock lock_;
    std::shared_ptr<RemoteSource> source_;
};

class RemoteHost final : public Host {
 public:
    RemoteHost(std::wstring server, Role role) : server_(std::move(server), role) {}

    HRESULT open(const CameraKey& key, Open how, const std::shared_ptr<CameraListener>& listener,
                 std::shared_ptr<CameraHold>& hold) noexcept override {
        return guarded([&] {
            SessionPointer session;
            HRESULT hr = server_.session(session);
            if (FAILED(hr)) {
                return hr;
            }
            const ObjectId told = session->listeners().add(listener);
            Bytes reply;
            hr = session->call(Call::kOpen, reply, key, how == Open::kMade, told);
            const ObjectId id = SUCCEEDED(hr) ? Reader(reply).get<ObjectId>() : 0;
            if (id == 0) {
                session->listeners().remove(told);
                return SUCCEEDED(hr) && how == Open::kMade ? E_UNEXPECTED : hr;
            }
            hold = std::make_shared<RemoteHold>(session, id, told);
            return hr;
        });
    }
    HRESULT process_id(DWORD& id) noexcept override {
        return guarded([&] {
            SessionPointer session;
            const HRESULT hr = server_.session(session);
            id = SUCCEEDED(hr) ? session->process_id() : 0;
            return hr;
        });
    }
    HRESULT die(bool restarted) noexcept override {
        return guarded([&] {
            SessionPointer session;
            const HRESULT hr = server_.session(session);
            if (FAILED(hr)) {
                return hr;
            }
            const OwnedHandle process(
                OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, session->process_id()));
            if (!process || TerminateProcess(process.get(), kKilled) == FALSE) {
                return hresult_from_last_error();
            }
            WaitForSingleObject(process.get(), INFINITE);
            session->listeners().wait_until_lost();
            return restarted ? server_.session(session) : hr;
        });
    }

 private:
    RemoteServer server_;
};

}  // namespace

Host& remote_host() {
    // Left to the end of the process: nothing may run in a static destructor.
    static auto* const only = [] {
        const std::wstring name = environment_variable(kServerVariable);
        return new RemoteHost(name.empty() ? L"default" : name, Role::kFrameServer);
    }();
    return *only;
}

std::unique_ptr<Host> monitor_host(const std::wstring& server) {
    return std::make_unique<RemoteHost>(server, Role::kMonitor);
}

}  // namespace mfvcam::simulator
