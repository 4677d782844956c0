#include "remote_session.h"

#include <mfapi.h>
#include <mferror.h>

#include <utility>

#include "background_thread.h"
#include "choices.h"
#include "frame_section.h"
#include "owned_handle.h"
#include "start_process.h"

namespace mfvcam::simulator {
namespace {

constexpr const wchar_t* kProgram = L"mfvcam-frameserver.exe";
constexpr DWORD kPatience = 20'000;  // ms, for a Frame Server to start
constexpr DWORD kPause = 5;          // ms, between two looks at it
constexpr std::size_t kMostIdle = 16;

// It lies beside this module, or is it.
HRESULT program_path(std::wstring& path) {
    HMODULE module = nullptr;
    GetModuleHandleExW(
        GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
        reinterpret_cast<LPCWSTR>(&program_path), &module);
    path.resize(MAX_PATH);
    for (;;) {
        const DWORD length =
            GetModuleFileNameW(module, path.data(), static_cast<DWORD>(path.size()));
        if (length == 0) {
            return hresult_from_last_error();
        }
        if (length < path.size()) {
            path.resize(length);
            break;
        }
        path.resize(path.size() * 2);
    }
    path = path.substr(0, path.find_last_of(L"\\/") + 1) + kProgram;
    return S_OK;
}

HRESULT start_server(const std::wstring& server, Role role, OwnedHandle& process) {
    std::wstring path;
    HRESULT hr = program_path(path);
    if (FAILED(hr)) {
        return hr;
    }
    std::wstring command = L"\"" + path + L"\" \"" + server + L"\"";
    if (role == Role::kMonitor) {
        command += L" --monitor";
    }
    PROCESS_INFORMATION made{};
    // Nothing of this program's is its own: neither handles nor a console.
    hr = start_process(command, DETACHED_PROCESS, made);
    if (FAILED(hr)) {
        return hr;
    }
    CloseHandle(made.hThread);
    process.reset(made.hProcess);
    return S_OK;
}

// S_OK while it runs, and if it has left the place to another; else why it could not serve.
HRESULT verdict(const OwnedHandle& process) noexcept {
    DWORD code = STILL_ACTIVE;
    return GetExitCodeProcess(process.get(), &code) == FALSE || code == STILL_ACTIVE
               ? S_OK
               : static_cast<HRESULT>(code);
}

constexpr HRESULT kNobodyListens = HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND);
constexpr HRESULT kBusy = HRESULT_FROM_WIN32(ERROR_PIPE_BUSY);

// kNobodyListens; kBusy: to be tried again.
HRESULT try_to_join(const std::wstring& name, Pipe& events, ObjectId& session, DWORD& server) {
    HRESULT hr = Pipe::connect(name, events);
    if (FAILED(hr)) {
        return hr;
    }
    Writer request;
    request.put(Call::kJoin);
    request.put(ObjectId{});
    request.put(switches::snapshot());
    Bytes reply;
    hr = events.send(request.bytes(), kPatience);
    if (SUCCEEDED(hr)) {
        hr = events.receive(reply, kPatience);
    }
    if (hr == HRESULT_FROM_WIN32(ERROR_TIMEOUT)) {
        return choices::kNoFrameServer;
    }
    if (FAILED(hr)) {
        return kBusy;  // it is about to end
    }
    Reader results(reply);
    hr = results.get<HRESULT>();
    if (SUCCEEDED(hr)) {
        session = results.get<ObjectId>();
        server = results.get<DWORD>();
    }
    return hr;
}

HRESULT join(const std::wstring& server, Role role, const std::wstring& name, Pipe& events,
             ObjectId& session, DWORD& process_id) {
    OwnedHandle process;
    const ULONGLONG end = GetTickCount64() + kPatience;
    do {
        HRESULT hr = try_to_join(name, events, session, process_id);
        if (hr != kNobodyListens && hr != kBusy) {
            return hr;
        }
        if (process && FAILED(verdict(process))) {
            return verdict(process);
        }
        const bool starting = process && WaitForSingleObject(process.get(), kPause) == WAIT_TIMEOUT;
        if (hr == kBusy) {
            WaitNamedPipeW(name.c_str(), kPause);
        } else if (!starting) {
            hr = start_server(server, role, process);
            if (FAILED(hr)) {
                return hr;
            }
        }
    } while (GetTickCount64() < end);
    return choices::kNoFrameServer;
}

// ---- Events -------------------------------------------------------------------------------------

HRESULT read_sample(Reader& message, const FrameSection& frames, SampleHeader& header,
                    ComPtr<IMFSample>& sample) {
    header = message.get<SampleHeader>();
    Bytes attributes;
    message.get(attributes);
    if (header.length > frames.size()) {
        return E_UNEXPECTED;
    }
    HRESULT hr = MFCreateSample(sample.put());
    if (SUCCEEDED(hr)) {
        hr = attributes_from_bytes(attributes, sample.get());
    }
    if (SUCCEEDED(hr) && header.has_time != FALSE) {
        hr = sample->SetSampleTime(header.time);
    }
    if (SUCCEEDED(hr) && header.has_duration != FALSE) {
        hr = sample->SetSampleDuration(header.duration);
    }
    return SUCCEEDED(hr) ? make_frame(frames.data(), header.length, sample.get()) : hr;
}

HRESULT deliver_sample(const Pipe& events, Reader& message, const FrameSection& frames,
                       ConsumerListener* listener) {
    SampleHeader header{};
    ComPtr<IMFSample> sample;
    const HRESULT read = read_sample(message, frames, header, sample);
    // The section is theirs again.
    const HRESULT hr = header.length != 0 ? events.send(Bytes(1)) : S_OK;
    if (listener != nullptr && SUCCEEDED(read)) {
        listener->on_sample(header.stream, sample.get());
    } else if (listener != nullptr) {
        listener->on_stream_event(header.stream, EventData::of(MEError, read));
    }
    return hr;
}

HRESULT deliver(const Pipe& events, const Bytes& bytes, FrameSection& frames,
                RemoteListeners& listeners) {
    Reader message(bytes);
    const auto told = message.get<Told>();
    const auto id = message.get<ObjectId>();
    const std::shared_ptr<CameraListener> camera = listeners.camera(id);
    const std::shared_ptr<ConsumerListener> consumer = listeners.consumer(id);
    EventData event;
    switch (told) {
        case Told::kSection: {
            auto* const section = message.get<HANDLE>();
            return frames.open(section, static_cast<std::size_t>(message.get<UINT64>()));
        }
        case Told::kSample:
            return deliver_sample(events, message, frames, consumer.get());
        case Told::kCameraEvent:
            message.get(event);
            if (camera) {
                camera->on_event(event);
            }
            return S_OK;
        case Told::kRemoved:
            if (camera) {
                camera->on_removed();
            }
            listeners.remove(id);
            return S_OK;
        case Told::kEvent:
            message.get(event);
            if (consumer) {
                consumer->on_event(event);
            }
            return S_OK;
        case Told::kStreamEvent: {
            const auto stream = message.get<DWORD>();
            message.get(event);
            if (consumer) {
                consumer->on_stream_event(stream, event);
            }
            return S_OK;
        }
        case Told::kEnd:
            if (consumer) {
                consumer->on_end(message.get<HRESULT>());
            }
            return S_OK;
    }
    return E_UNEXPECTED;
}

void deliver_all(const Pipe& events, RemoteListeners& listeners) noexcept {
    guarded([&] {
        FrameSection frames;
        Bytes message;
        HRESULT hr = S_OK;
        while (SUCCEEDED(hr)) {
            hr = events.receive(message);
            if (SUCCEEDED(hr)) {
                hr = deliver(events, message, frames, listeners);
            }
        }
        return hr;
    });
    listeners.lose();
}

}  // namespace

// ---- RemoteServer -------------------------------------------------------------------------------

HRESULT RemoteServer::session(std::shared_ptr<RemoteSession>& session) {
    const LockGuard guard(lock_);
    session = session_.lock();
    if (session && session->usable()) {
        return S_OK;
    }
    std::wstring pipe;
    HRESULT hr = Pipe::name_of(name_, role_, pipe);
    const auto events = std::make_shared<Pipe>();
    ObjectId id = 0;
    DWORD process_id = 0;
    if (SUCCEEDED(hr)) {
        hr = join(name_, role_, pipe, *events, id, process_id);
    }
    if (FAILED(hr)) {
        return hr;
    }
    const auto listeners = std::make_shared<RemoteListeners>();
    session = std::make_shared<RemoteSession>(pipe, role_, id, process_id, listeners);
    hr = run_in_background([events, listeners] { deliver_all(*events, *listeners); });
    if (FAILED(hr)) {
        session.reset();
        return hr;
    }
    session_ = session;
    return S_OK;
}

// ---- RemoteSession ------------------------------------------------------------------------------

RemoteSession::~RemoteSession() {
    tell(Call::kLeave);
}

bool RemoteSession::usable() const noexcept {
    return !broken_ && !listeners_->lost();
}

HRESULT RemoteSession::take_connection(Pipe& connection) {
    {
        const LockGuard guard(lock_);
        if (!idle_.empty()) {
            connection = std::move(idle_.back());
            idle_.pop_back();
            return S_OK;
        }
    }
    // All ends of it may be taken for a moment.
    HRESULT hr = Pipe::connect(pipe_, connection);
    while (hr == kBusy && !listeners_->lost()) {
        WaitNamedPipeW(pipe_.c_str(), kPause);
        hr = Pipe::connect(pipe_, connection);
    }
    return hr;
}

void RemoteSession::give_back(Pipe connection) {
    const LockGuard guard(lock_);
    if (idle_.size() < kMostIdle) {
        idle_.push_back(std::move(connection));
    }
}

HRESULT RemoteSession::exchange(const Bytes& request, Bytes& results) {
    if (listeners_->lost()) {
        return death_;
    }
    Pipe connection;
    HRESULT hr = take_connection(connection);
    if (FAILED(hr)) {
        if (hr != kNobodyListens && hr != kBusy) {
            return hr;
        }
        broken_ = true;
        return death_;
    }
    hr = connection.send(request);
    if (hr == choices::kMessageTooLong) {
        give_back(std::move(connection));
        return hr;
    }
    Bytes reply;
    if (SUCCEEDED(hr)) {
        hr = connection.receive(reply);
    }
    if (FAILED(hr)) {
        broken_ = true;
        return death_;
    }
    give_back(std::move(connection));
    hr = Reader(reply).get<HRESULT>();
    results.assign(reply.begin() + sizeof(HRESULT), reply.end());
    return hr;
}

// ---- RemoteListeners ----------------------------------------------------------------------------

ObjectId RemoteListeners::add(std::shared_ptr<CameraListener> listener) {
    const LockGuard guard(lock_);
    cameras_.emplace(++last_, std::move(listener));
    return last_;
}

ObjectId RemoteListeners::add(std::shared_ptr<ConsumerListener> listener) {
    const LockGuard guard(lock_);
    consumers_.emplace(++last_, std::move(listener));
    return last_;
}

void RemoteListeners::remove(ObjectId id) noexcept {
    // Released outside the lock.
    std::map<ObjectId, std::shared_ptr<CameraListener>>::node_type camera;
    std::map<ObjectId, std::shared_ptr<ConsumerListener>>::node_type consumer;
    {
        const LockGuard guard(lock_);
        camera = cameras_.extract(id);
        consumer = consumers_.extract(id);
    }
    WakeAllConditionVariable(&changed_);
}

void RemoteListeners::wait_until_removed(ObjectId id) noexcept {
    const LockGuard guard(lock_);
    while (cameras_.contains(id)) {
        SleepConditionVariableSRW(&changed_, lock_.get(), INFINITE, 0);
    }
}

std::shared_ptr<CameraListener> RemoteListeners::camera(ObjectId id) noexcept {
    const LockGuard guard(lock_);
    const auto found = cameras_.find(id);
    return found != cameras_.end() ? found->second : nullptr;
}

std::shared_ptr<ConsumerListener> RemoteListeners::consumer(ObjectId id) noexcept {
    const LockGuard guard(lock_);
    const auto found = consumers_.find(id);
    return found != consumers_.end() ? found->second : nullptr;
}

void RemoteListeners::wait_until_lost() noexcept {
    const LockGuard guard(lock_);
    while (!lost_) {
        SleepConditionVariableSRW(&changed_, lock_.get(), INFINITE, 0);
    }
}

void RemoteListeners::lose() noexcept {
    std::map<ObjectId, std::shared_ptr<CameraListener>> cameras;
    std::map<ObjectId, std::shared_ptr<ConsumerListener>> consumers;
    {
        const LockGuard guard(lock_);
        lost_ = true;
        cameras.swap(cameras_);
        consumers.swap(consumers_);
    }
    WakeAllConditionVariable(&changed_);
    for (const auto& [id, camera] : cameras) {
        camera->on_event(EventData::of(MEError, kHostDied));
        camera->on_removed();
    }
    for (const auto& [id, consumer] : consumers) {
        consumer->on_end(MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED);
    }
}

}  // namespace mfvcam::simulator
