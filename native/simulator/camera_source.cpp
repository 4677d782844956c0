#include "camera_source.h"

#include <mferror.h>

#include <atomic>
#include <utility>

#include "guard.h"
#include "switches.h"

namespace mfvcam::simulator {

using switches::Switch;

namespace {

bool asks_monitor() noexcept {
    return switches::code(Switch::kKsEventInstance) == switches::kMonitor;
}

}  // namespace

// A consumer, counted.
class CameraSource::Watcher final : public Consumer {
 public:
    Watcher(std::shared_ptr<CameraSource> source, std::shared_ptr<Consumer> consumer) noexcept
        : source_(std::move(source)), consumer_(std::move(consumer)) {}
    ~Watcher() override { Watcher::close(); }
    Watcher(const Watcher&) = delete;
    Watcher& operator=(const Watcher&) = delete;

    HRESULT start(const std::vector<Selection>& selections) noexcept override {
        return consumer_->start(selections);
    }
    HRESULT stop() noexcept override { return consumer_->stop(); }
    HRESULT request_sample(DWORD stream) noexcept override {
        return consumer_->request_sample(stream);
    }
    void close() noexcept override {
        if (!closed_.exchange(true)) {
            source_->close(*consumer_);
        }
    }

 private:
    const std::shared_ptr<CameraSource> source_;
    const std::shared_ptr<Consumer> consumer_;
    std::atomic<bool> closed_{false};
};

HRESULT CameraSource::activate(const GUID& class_id, const Bytes& attributes,
                               const std::weak_ptr<CameraListener>& listener,
                               std::shared_ptr<HostedSource> monitored,
                               std::shared_ptr<CameraSource>& source) {
    std::shared_ptr<CameraSource> made(
        new CameraSource(class_id, attributes, listener, std::move(monitored)));
    const HRESULT hr = LocalSource::activate(class_id, attributes, listener, made->first_);
    if (SUCCEEDED(hr)) {
        source = std::move(made);
    }
    return hr;
}

std::shared_ptr<HostedSource> CameraSource::asked() noexcept {
    const LockGuard guard(lock_);
    if (monitored_ && asks_monitor()) {
        return monitored_;
    }
    return watched_ ? watched_ : first_;
}

// The monitor itself has nobody who watches, and is asked none the less.
bool CameraSource::is_unwatched() noexcept {
    const LockGuard guard(lock_);
    return watchers_ == 0 && !asks_monitor();
}

HRESULT CameraSource::ks_property(Bytes& property, void* data, ULONG data_length,
                                  ULONG* bytes_returned) noexcept {
    return asked()->ks_property(property, data, data_length, bytes_returned);
}

HRESULT CameraSource::enable(const KSEVENT& event, const KSEVENTDATA& notification,
                             std::uint64_t& registration) noexcept {
    const HRESULT unwatched = switches::code(Switch::kKsEventUnwatched);
    if (FAILED(unwatched) && is_unwatched()) {
        return unwatched;
    }
    return guarded([&] {
        Registration made;
        std::shared_ptr<HostedSource> source;
        HRESULT hr = E_UNEXPECTED;
        // An instance may have ended with the last who watched.
        while (FAILED(hr) && source != asked()) {
            source = asked();
            hr = source->enable(event, notification, made.id);
        }
        if (SUCCEEDED(hr)) {
            made.source = source;
            const LockGuard guard(lock_);
            registration = ++last_registration_;
            registrations_.emplace(registration, std::move(made));
        }
        return hr;
    });
}

CameraSource::Registration CameraSource::take(std::uint64_t registration) noexcept {
    const LockGuard guard(lock_);
    const auto node = registrations_.extract(registration);
    return node.empty() ? Registration{} : node.mapped();
}

HRESULT CameraSource::disable(std::uint64_t registration) noexcept {
    const Registration taken = take(registration);
    const std::shared_ptr<HostedSource> source = taken.source.lock();
    return source ? source->disable(taken.id) : HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
}

void CameraSource::forget(std::uint64_t registration) noexcept {
    const Registration taken = take(registration);
    if (const std::shared_ptr<HostedSource> source = taken.source.lock()) {
        source->forget(taken.id);
    }
}

HRESULT CameraSource::open_consumer(const std::shared_ptr<ConsumerListener>& listener,
                                    SourceData& description,
                                    std::shared_ptr<Consumer>& consumer) noexcept {
    return guarded([&] {
        const Turns::Turn turn(watchers_turns_);
        return watch(listener, description, consumer);
    });
}

HRESULT CameraSource::watch(const std::shared_ptr<ConsumerListener>& listener,
                            SourceData& description, std::shared_ptr<Consumer>& consumer) {
    std::shared_ptr<LocalSource> source = first_;
    const bool one_more = switches::code(Switch::kSourceInstances) == switches::kOnePerActivation;
    HRESULT hr = S_OK;
    if (one_more) {
        {
            const LockGuard guard(lock_);
            hr = ended_;
            source = watched_;
        }
        if (SUCCEEDED(hr) && !source) {
            hr = LocalSource::activate(class_id_, attributes_, listener_, source);
        }
        if (FAILED(hr)) {
            return hr;
        }
    }
    {
        // First: who is told of SOURCE_INITIALIZE may ask at once.
        const LockGuard guard(lock_);
        ++watchers_;
        watched_ = one_more ? source : watched_;
    }
    hr = guarded([&] {
        std::shared_ptr<Consumer> opened;
        const HRESULT result = source->open_consumer(listener, description, opened);
        const LockGuard guard(lock_);
        if (FAILED(ended_) || FAILED(result)) {
            return FAILED(ended_) ? ended_ : result;
        }
        consumer = std::make_shared<Watcher>(shared_from_this(), opened);
        return S_OK;
    });
    if (FAILED(hr)) {
        if (const std::shared_ptr<LocalSource> left = leave()) {
            left->shutdown(hr);
        }
    }
    return hr;
}

void CameraSource::close(Consumer& consumer) noexcept {
    const Turns::Turn turn(watchers_turns_);
    // First: who is told of SOURCE_UNINITIALIZE may ask at once.
    const std::shared_ptr<LocalSource> left = leave();
    consumer.close();
    if (left) {
        left->shutdown(MF_E_SHUTDOWN);
    }
}

std::shared_ptr<LocalSource> CameraSource::leave() noexcept {
    const LockGuard guard(lock_);
    --watchers_;
    return watchers_ == 0 ? std::move(watched_) : nullptr;
}

void CameraSource::shutdown(HRESULT reason) noexcept {
    std::shared_ptr<LocalSource> watched;
    std::shared_ptr<HostedSource> monitored;  // released outside the lock
    {
        const LockGuard guard(lock_);
        if (FAILED(ended_)) {
            return;
        }
        ended_ = reason;
        watched = watched_;
        monitored = std::move(monitored_);
    }
    if (watched) {
        watched->shutdown(reason);
    }
    first_->shutdown(reason);
}

}  // namespace mfvcam::simulator
